"""Who works for a business, in which role, and how others come to join them."""
