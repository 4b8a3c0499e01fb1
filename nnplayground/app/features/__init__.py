"""What a person sees or does in the window: a folder for each, which knows no other one."""
