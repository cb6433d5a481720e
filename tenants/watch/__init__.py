"""What looks like an attack, told to those whose business it is, and stopped where they wish."""
