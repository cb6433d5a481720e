"""Deskbell: the public name, and the wiring."""
