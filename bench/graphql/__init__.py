"""What a GraphQL request costs, against the same answer from an endpoint written by hand."""
