"""Holding backpropagation against finite differences."""
