"""Training what the nets suspect beside their rules."""
