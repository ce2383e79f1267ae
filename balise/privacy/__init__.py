"""What keeps the guide silent: redaction now; the sealed store, quiet logs and erasure in their own issue."""
