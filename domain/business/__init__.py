"""The business a receptionist answers for."""
