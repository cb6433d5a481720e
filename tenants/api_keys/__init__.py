"""Keys with which a business's own programs ask, without anybody signing in."""
