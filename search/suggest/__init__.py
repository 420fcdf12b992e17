"""Suggestions: better spellings and completions of what is being typed."""
