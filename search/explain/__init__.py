"""Explain why a paper is a hit and what its score consists of."""
