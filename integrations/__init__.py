"""Whom we talk to: one folder per vendor."""
