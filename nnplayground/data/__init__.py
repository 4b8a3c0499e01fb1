"""What a network learns from: generated sets, drawn points and tables, and how they are prepared."""
