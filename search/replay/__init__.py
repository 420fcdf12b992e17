"""Save searches, and run them again to see what has changed."""
