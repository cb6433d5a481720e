"""Who may be written to or called, and who has said no."""
