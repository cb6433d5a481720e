"""The keys of tenants, people and conversations, in a database of their own.

They are never in the main database or its dumps: destroying a key here makes every copy of what
it sealed unreadable, wherever that copy is.
"""
