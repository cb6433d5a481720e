"""Apps of partners: programs that ask for a business because it has agreed to them (OAuth 2.1)."""
