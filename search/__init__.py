"""Answer a question with ranked, counted papers."""
