"""The inspector: all numbers of what is selected in the network, to read, copy, edit and freeze."""
