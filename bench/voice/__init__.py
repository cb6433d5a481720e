"""What a telephone call costs: our gateway, a bare loop as the limit, and pipecat."""
