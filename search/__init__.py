"""Answers: which papers match this question, in which order, counted how?"""
