"""A dental practice, a caller, and what comes of the call."""
