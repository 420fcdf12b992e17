"""Writes papers as BibTeX, RIS, CSL-JSON, CSV and JSON lines, and as printed references."""
