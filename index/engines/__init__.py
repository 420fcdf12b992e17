"""Keep papers in a search engine."""
