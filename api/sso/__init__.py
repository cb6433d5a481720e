"""Single sign-on over plain HTTP: out to a business's identity provider, and back."""

from api.sso.routes import SingleSignOn as SingleSignOn
