"""Keep generations of an index, and switch between them."""
