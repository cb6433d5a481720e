"""How somebody from above a tenant may reach it: by a grant that it sees and can take back."""
