"""Describe what one request selects, sorts and counts."""
