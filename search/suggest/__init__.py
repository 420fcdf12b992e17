"""Suggest spellings and completions."""
