"""What plugins cost: those that are installed, and those that a tenant has switched on."""
