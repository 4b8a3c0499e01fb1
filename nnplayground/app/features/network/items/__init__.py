"""What the scene of the network editor is made of: each item paints one thing and decides nothing."""
