"""What a person sees or does in the window: a folder for each, none of which imports another."""
