"""Accounts of a business at other services, connected by OAuth: made, kept fresh, and ended.

Shared machinery, and no plugin: a plugin that works with an account asks here for a token.
"""
