"""What deleting costs: row by row, month by month, and key by key."""
