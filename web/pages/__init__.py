"""Serve the HTML pages and their JSON twins."""
