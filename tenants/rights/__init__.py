"""Letters about privacy requests, and what account users ask of the operator."""
