"""GraphiQL for developers: our own page, and everything it loads, from this server alone."""
