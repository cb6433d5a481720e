"""What a request pays at the door, how fast the limiter counts, and what hostile requests cost."""
