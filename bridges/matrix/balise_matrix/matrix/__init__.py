"""The Matrix adapter: everything that knows the protocol."""
