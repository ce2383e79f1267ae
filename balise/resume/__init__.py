"""A plan that the worker takes away and brings back: as a code of words, or as a file. The server keeps nothing.

docs/resume-code.md gives the format byte for byte. No Rasa here.
"""

from balise.resume.code import from_words, looks_like_code, to_words
from balise.resume.envelope import Form, from_file, is_protected, open_envelope, protect
from balise.resume.errors import ResumeError
from balise.resume.file import pack_file, restore_file
from balise.resume.packing import Packed, pack_plan, restore
from balise.resume.qr import qr_svg, qr_version
from balise.resume.restoring import Restored
from balise.resume.words import passphrase

__all__ = [
    "Form",
    "Packed",
    "Restored",
    "ResumeError",
    "from_file",
    "from_words",
    "is_protected",
    "looks_like_code",
    "open_envelope",
    "pack_file",
    "pack_plan",
    "passphrase",
    "protect",
    "qr_svg",
    "qr_version",
    "restore",
    "restore_file",
    "to_words",
]
