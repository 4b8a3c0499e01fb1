"""The parts of the cost plot: curves cut down to what a screen can show, scales that stay still, labels at the ends."""
