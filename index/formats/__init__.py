"""Read what the records of each source mean."""
