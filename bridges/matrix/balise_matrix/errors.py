"""What goes wrong for the person who runs the bridge."""

from __future__ import annotations


class OperatorError(ValueError):
    """One sentence that says what to mend. It never holds a word of a conversation, nor a secret, so the command line
    prints it; of any other exception only the class and the place are told (logs.py)."""
