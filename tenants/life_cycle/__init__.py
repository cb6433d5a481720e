"""The life of an account: used, unused, put away, closed, and forgotten."""
