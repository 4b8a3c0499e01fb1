"""How the network is trained: the panel, the buttons, and the card that says why training stopped."""
