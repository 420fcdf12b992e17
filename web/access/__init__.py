"""Decide who may ask what, and write down what was asked."""
