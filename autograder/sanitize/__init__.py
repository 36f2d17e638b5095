"""What may reach a browser: only what is known to be harmless, and only so much of it."""
