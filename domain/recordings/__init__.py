"""What a call sounded like, sealed."""
