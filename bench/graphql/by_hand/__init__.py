"""The limit: the same rows as the same JSON, written by hand for these four questions only.

Starlette, asyncpg and orjson; row-level security entered as the product does, sealed columns
opened with keys of the keyring, the session checked once. No ORM, no schema, no permissions, no
validation.
"""
