"""Define what can be typed, and read it."""
