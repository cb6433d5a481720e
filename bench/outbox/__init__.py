"""What an event costs on its way from a commit to its effect."""
