"""Keep what dumps say about people beyond their names."""
