"""Serve the pages about people: of a name, and of each person of that name."""
