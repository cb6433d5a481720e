"""The numbers a business is reached on."""
