"""What it costs to find words that the database cannot read."""
