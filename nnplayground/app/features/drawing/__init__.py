"""Drawing points into the output view: tools, strokes, and the bar that belongs to them."""
