"""Show results to people and programs."""
