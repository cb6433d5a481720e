"""Whose data it is, and by which rules."""
