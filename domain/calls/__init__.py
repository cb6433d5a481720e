"""Telephone calls, from ringing to final."""
