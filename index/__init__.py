"""Turn dumps of papers into a searchable index."""

__version__ = "0.1.0"
