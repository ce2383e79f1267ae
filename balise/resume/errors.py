"""What can go wrong when a plan is taken away or brought back: each error names the text that a worker reads.

No error holds a word of a code, a passphrase or a note; the place of a word and the listed word nearest to it are all
that one may carry.
"""

from __future__ import annotations

from typing import ClassVar


class ResumeError(Exception):
    """`text` names a response of data/responses/resume.yml, `values` fill in its braces."""

    text: ClassVar[str]

    def __init__(self, **values: str) -> None:
        super().__init__(self.text)
        self.values = values


class CodeError(ResumeError):
    """The words are not a code as it was given."""


class NoWordsError(CodeError):
    """Nothing was written."""

    text = "utter_resume_no_words"


class UnknownWordError(CodeError):
    """A word that no code holds; `place` counts from 1."""

    text = "utter_resume_word"

    def __init__(self, place: int) -> None:
        super().__init__(place=str(place))
        self.place = place


class NearWordError(UnknownWordError):
    """The same, where one listed word is a single letter away."""

    text = "utter_resume_word_near"

    def __init__(self, place: int, near: str) -> None:
        super().__init__(place)
        self.values = {**self.values, "near": near}
        self.near = near


class ChecksumError(CodeError):
    """Every word exists, but one is missing, twice there, or at another's place."""

    text = "utter_resume_checksum"


class TooManyWordsError(CodeError):
    """More words than a code ever has."""

    text = "utter_resume_too_many_words"


class PlanTooLongError(ResumeError):
    """The plan does not fit in a code; it fits in a file."""

    text = "utter_resume_plan_too_long"


class FileError(ResumeError):
    """The file is not one as it was given."""


class DamagedFileError(FileError):
    """Cut short, changed, or never ours."""

    text = "utter_resume_file_damaged"


class FileTooLargeError(FileError):
    """Larger than any file of ours."""

    text = "utter_resume_file_too_large"


class PassphraseNeededError(ResumeError):
    """It is protected, and no passphrase was given."""

    text = "utter_resume_passphrase_needed"


class WrongPassphraseError(ResumeError):
    """It is whole, and the passphrase does not open it."""

    text = "utter_resume_passphrase_wrong"


class NewerError(ResumeError):
    """Made by a guide that knows more than this one."""

    text = "utter_resume_newer"


class UnreadableError(ResumeError):
    """Whole, but not made by this programme."""

    text = "utter_resume_unreadable"
