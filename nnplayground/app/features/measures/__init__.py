"""All figures of the network in tables: the two parts, the classes, the layers."""
