"""Run plans on a search engine."""
