"""Putting a caller through to a person."""
