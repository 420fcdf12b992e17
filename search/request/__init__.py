"""Define what one search selects, sorts and counts."""
