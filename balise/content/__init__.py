"""The content check: what a programme can verify of the texts before a person reads them."""
