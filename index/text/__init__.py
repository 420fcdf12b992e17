"""Clean text, and the tokens that it becomes."""
