"""Describe a paper for programs that read its page."""
