"""Who may receive health data, and under which agreement (HIPAA: business associates)."""
