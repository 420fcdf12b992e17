"""Offer the index to assistants over the Model Context Protocol."""
