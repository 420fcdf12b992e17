"""Packs an index into one file, and unpacks it elsewhere."""
