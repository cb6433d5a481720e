"""Keeping what tenants promise of the time for which data is kept."""
