"""Taking weights away: one file per format, and the way back in."""
