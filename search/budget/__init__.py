"""Bounds what one request may cost."""
