"""Requests: what one search selects, sorts and counts."""
