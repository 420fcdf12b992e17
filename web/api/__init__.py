"""Describe every JSON answer."""
