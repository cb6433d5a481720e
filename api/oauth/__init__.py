"""The authorisation server: how apps of partners come to their tokens (OAuth 2.1)."""
