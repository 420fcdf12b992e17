"""Suggest better spellings and complete what is being typed."""
