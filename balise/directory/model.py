"""An entry of the directory, and how far each of its facts can be relied on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

CANADA = "canada"
OWN = "organisation"
"""In an entry's `scope`: an organisation's own service, given wherever it answers and before the others."""
PROVINCES = ("bc", "ab", "sk", "mb", "on", "qc", "nb", "ns", "pe", "nl", "yt", "nt", "nu")
"""The choices of the question « gate_province », in its order."""
NEEDS = (
    "now",
    "trafficking",
    "violence",
    "suicide",
    "minors",
    "indigenous",
    "migrants",
    "images",
    "shelter",
    "services",
)
"""The choices of the question « lines_need », but « not known yet »."""
ANY_NEED = "any"
"""In an entry's `needs`: fits every need, after the others."""
NATURES = ("emergency", "support", "directory", "protection", "enforcement", "tip")
"""What the service is for; `enforcement` and `tip` are not help, and stand after help."""
CERTAINTIES = ("A", "A/B", "B", "C")
"""A: operator or government, or two recent sources that agree; B: old or secondary; C: from memory
(research/content-and-peers.md section 3.7)."""
STALE_AFTER = timedelta(days=180)
CHANNELS = ("number", "text", "chat", "web")
"""The fields by which a service is reached."""


class Standing(Enum):
    """How far a fact can be relied on, on a given day."""

    VERIFIED = "verified"
    """A person phoned it (or read the official page, where one must not phone), not long ago."""
    READ = "read"
    """Read in a good source, not long ago; nobody phoned."""
    DOUBTFUL = "doubtful"
    """Old or secondary source, or too long since anyone looked: shown as such."""
    HIDDEN = "hidden"
    """From memory only: not shown."""


@dataclass(frozen=True)
class Doubt:
    """One fact of an entry that is less sure than the rest, until a person has verified it."""

    field: str
    certainty: str
    note: str
    verified_on: date | None = None


@dataclass(frozen=True)
class Line:
    """One line or service. None is « not known ». `place` tells where it stands, for messages."""

    id: str
    name: str
    scope: tuple[str, ...]
    town: str | None
    serves: str
    needs: tuple[str, ...]
    number: str | None
    vanity: str | None
    text: str | None
    chat: str | None
    web: str | None
    email: str | None
    hours: str | None
    languages: str | None
    relay: str | None
    cost: str | None
    nature: str
    anonymous: str | None
    hears: str | None
    source: str
    seen_on: date
    verified_on: date | None
    verify_by: str
    certainty: str
    doubts: tuple[Doubt, ...] = ()
    instead_of: str | None = None
    place: str = ""

    def looked_at(self) -> date:
        """The day when someone last phoned or read it."""
        return self.verified_on or self.seen_on

    def is_stale(self, today: date, limit: timedelta = STALE_AFTER) -> bool:
        """Whether that day lies further back than `limit`."""
        return today - self.looked_at() > limit

    def doubt(self, name: str) -> Doubt | None:
        """The doubt about one field, None where there is none."""
        return next((doubt for doubt in self.doubts if doubt.field == name), None)

    def standing(self, today: date, limit: timedelta = STALE_AFTER) -> Standing:
        """How far the entry itself can be relied on."""
        return _standing(self.certainty, self.verified_on, self.is_stale(today, limit))

    def standing_of(self, name: str, today: date, limit: timedelta = STALE_AFTER) -> Standing:
        """How far one field can be relied on: as the entry, or less where it has a doubt of its own."""
        doubt = self.doubt(name)
        if doubt is None:
            return self.standing(today, limit)
        stale = today - (doubt.verified_on or self.seen_on) > limit
        return _standing(doubt.certainty, doubt.verified_on, stale)

    def shown(self, name: str, today: date) -> str | None:
        """A field as it may be shown, None where it is not known or stands on memory only."""
        value: str | None = getattr(self, name)
        return value if value and self.standing_of(name, today) is not Standing.HIDDEN else None

    def can_be_shown(self, today: date) -> bool:
        """Whether anything can be given to a person: not from memory only, and a way to reach it."""
        if self.standing(today) is Standing.HIDDEN:
            return False
        return any(self.shown(channel, today) for channel in CHANNELS)

    def serves_province(self, province: str | None) -> bool:
        """Whether the entry reaches `province`; only Canada's do where the province is not known."""
        return CANADA in self.scope or OWN in self.scope or province in self.scope


def _standing(certainty: str, verified_on: date | None, stale: bool) -> Standing:
    if verified_on is not None:
        return Standing.DOUBTFUL if stale else Standing.VERIFIED
    if certainty == "C":
        return Standing.HIDDEN
    return Standing.READ if certainty == "A" and not stale else Standing.DOUBTFUL


@dataclass(frozen=True)
class Directory:
    """Every entry, in the order of the files (Canada's first) and within each file."""

    lines: tuple[Line, ...] = ()
    _by_id: Mapping[str, Line] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {line.id: line for line in self.lines})

    def line(self, name: str) -> Line | None:
        """The entry named `name` (its `id`), None where there is none."""
        return self._by_id.get(name)
