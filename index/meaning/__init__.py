"""Turn texts into vectors that are close if the texts mean the same, and keep those of papers."""
