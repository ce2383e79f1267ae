"""The ways to reach the guide. A channel carries messages; it decides nothing."""
