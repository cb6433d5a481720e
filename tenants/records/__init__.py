"""What has to be on record: recipients, contracts, policies, notices, legal process, marketing."""
