"""Single sign-on: a business's own identity provider says who its members are."""
