"""Turn a raw record of any source into a Paper."""
