"""Checks everything that a generation holds by reading all of it."""
