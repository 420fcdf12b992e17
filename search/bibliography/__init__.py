"""Check a bibliography against the index: find its entries, compare them, correct the file."""
