"""The training thread with its inbox and mailbox, and the session that it plays."""
