"""A place to try things out: a tenant beside the real one, from which nothing leaves."""
