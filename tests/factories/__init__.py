"""Things that tests need to have happened."""
