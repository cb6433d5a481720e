"""Vonage: signed webhooks, call instructions (NCCO) and call control."""
