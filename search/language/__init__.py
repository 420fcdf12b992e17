"""Parse typed queries into trees."""
