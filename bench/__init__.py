"""Measurements: how much of a machine a call, a request and an event cost. See README.md."""
