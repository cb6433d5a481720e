"""How long it takes to find the free times of a week."""
