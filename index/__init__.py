"""Turn dumps of papers into a searchable index."""

__version__ = "0.2.0"
