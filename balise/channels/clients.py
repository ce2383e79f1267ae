"""Known clients of the web channel: programs (a messenger's bridge) that make a conversation's secret themselves."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from balise.errors import OperatorError

HEADER = "Balise-Client-Key"
"""The request's header that holds the key of a known client."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Clients:
    """`digests` are the SHA-256, in hexadecimal, of the keys: the server cannot show a key that it does not hold."""

    digests: frozenset[str] = frozenset()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Clients:
        """The clients of BALISE_CLIENT_KEYS, digests separated by spaces; none where it is not set.

        Raises OperatorError on a digest that is none, without repeating it: it may be a key pasted by mistake.
        """
        environment = os.environ if environment is None else environment
        digests = (environment.get("BALISE_CLIENT_KEYS") or "").split()
        for number, digest in enumerate(digests, start=1):
            if not _DIGEST.fullmatch(digest):
                raise OperatorError(f"BALISE_CLIENT_KEYS: entry {number} is no SHA-256 in 64 hexadecimal digits.")
        return cls(frozenset(digests))

    def known(self, key: str) -> str | None:
        """The digest of a known client's `key`; None for any other. What is compared is a digest of 256 random bits,
        so the time that it takes tells nothing of use."""
        digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
        return digest if digest in self.digests else None
