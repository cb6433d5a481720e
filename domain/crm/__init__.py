"""The customer files that a business keeps elsewhere: who is on file there, and what is told."""
