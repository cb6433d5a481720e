"""Help for the business, and what people thought."""
