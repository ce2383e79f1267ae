"""What keeps the guide silent: redaction now; the sealed store, quiet logs and erasure in their own issue."""

from balise.privacy.redaction import Redaction, Span, redact

__all__ = ["Redaction", "Span", "redact"]
