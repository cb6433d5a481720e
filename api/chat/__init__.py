"""Writing with the receptionist."""
