"""The kinds of identifying data, and the French placeholder that stands where one was taken out."""

from __future__ import annotations

import re
from enum import Enum


class Kind(str, Enum):
    """A kind of data: its value is its public name, `placeholder` what a worker sees instead."""

    PERSON = "person"
    ADDRESS = "address"
    POSTAL_CODE = "postal_code"
    PLACE = "place"
    PHONE = "phone"
    EMAIL = "email"
    BIRTH_DATE = "birth_date"
    NUMBER = "number"
    PLATE = "plate"
    ACCOUNT = "account"
    HANDLE = "handle"
    LINK = "link"
    SECRET = "secret"
    HAND = "hand"
    MESSAGE = "message"

    @property
    def french(self) -> str:
        """The kind as a worker reads it."""
        return _FRENCH[self]

    @property
    def placeholder(self) -> str:
        """The bracketed French word, e.g. `[personne]`."""
        return f"[{_FRENCH[self]}]"


_FRENCH = {
    Kind.PERSON: "personne",
    Kind.ADDRESS: "adresse",
    Kind.POSTAL_CODE: "code postal",
    Kind.PLACE: "lieu précis",
    Kind.PHONE: "téléphone",
    Kind.EMAIL: "courriel",
    Kind.BIRTH_DATE: "date de naissance",
    Kind.NUMBER: "numéro",
    Kind.PLATE: "plaque",
    Kind.ACCOUNT: "compte",
    Kind.HANDLE: "identifiant",
    Kind.LINK: "lien",
    Kind.SECRET: "code secret",
    Kind.HAND: "masqué à la main",
    # Where reading a message failed, nothing of it is shown on: fail closed.
    Kind.MESSAGE: "message masqué",
}

PLACEHOLDER = re.compile("|".join(re.escape(kind.placeholder) for kind in Kind))
"""Our own placeholders: never read again as data, so that redaction can be repeated."""
