"""How the world talks to us: GraphQL, webhooks, voice and chat sockets."""
