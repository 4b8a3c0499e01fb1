"""The decision boundary: what the network answers on a plane of the input space, with the data on top of it."""
