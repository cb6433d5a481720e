"""The GraphQL API: the same services as everybody else uses, under one schema."""
