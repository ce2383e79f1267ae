"""What goes wrong for the person who runs Balise or writes its content."""

from __future__ import annotations


class OperatorError(ValueError):
    """One sentence that says what to mend: a setting, a file. It never holds a word of a conversation, so the command
    line may print it; of any other exception only the class and the place are told (balise/privacy/logs.py)."""
