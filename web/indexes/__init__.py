"""Serve several indexes from one address."""
