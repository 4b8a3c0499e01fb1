"""What goes on inside the layers: how their numbers are spread now and at the start, and what reaches them."""
