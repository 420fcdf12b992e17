"""Decide which records are one work, and make that work."""
