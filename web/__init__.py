"""Answers: how does a person or a program see the results?"""
