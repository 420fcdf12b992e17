"""Clean text and turn it into tokens."""
