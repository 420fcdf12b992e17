"""Compare two states of a paper, and two generations of an index."""
