"""Explain why a hit is a hit."""
