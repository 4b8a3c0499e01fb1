"""The decision boundary: what the network answers everywhere on a plane of the input space, and the data on top of it."""
