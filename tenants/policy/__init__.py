"""What a tenant promises of personal data: versions of it, one of them in force."""
