"""What the receptionist hears, decides, does and says."""
