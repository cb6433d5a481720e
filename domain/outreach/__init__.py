"""Reaching people outside: whether it may be done, and what they have said of it."""
