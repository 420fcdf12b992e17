"""Answers: how do dumps of papers become a searchable index?"""

__version__ = "0.1.0"
