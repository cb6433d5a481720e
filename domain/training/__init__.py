"""Conversations that may make the receptionist better: few, nameless, and under a tenant's key."""
