"""The pictures in the window: network editor, decision boundary and cost plot, each knowing nothing of the others."""
