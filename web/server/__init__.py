"""Carry requests and answers over connections that may be slow, broken or hostile."""
