"""What the business has told its receptionist to answer."""
