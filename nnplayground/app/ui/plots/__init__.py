"""What all plots are made of: the frame, ticks, curves and labels."""
