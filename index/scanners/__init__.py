"""Split the bytes of a file into records, even if some of them are damaged."""
