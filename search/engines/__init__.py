"""Answer a plan with a search engine."""
