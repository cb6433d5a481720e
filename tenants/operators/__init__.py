"""The operator's own people: they reach a tenant for a stated reason, for hours, on record."""
