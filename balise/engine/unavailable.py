"""What the guide can't take just now: the same request may be sent again, and a channel says so in one sentence."""

from __future__ import annotations


class Unavailable(Exception):
    """Nothing of the request was kept, or all of it: sent again with its Idempotency-Key, it is answered once.

    `text` names the sentence for the worker (data/responses/commands.yml); `wait` is how many seconds to wait first.
    """

    text = "utter_busy"
    wait = 2


class Busy(Unavailable):
    """As many turns as this process takes are under way, or the turn before this one does not end."""


class Full(Unavailable):
    """As many conversations as are allowed are under way, so no new one is opened; those under way go on."""

    text = "utter_full"
    wait = 60


class Unreachable(Unavailable):
    """The store does not answer, or this process has lost its right to write to the conversation."""

    text = "utter_unreachable"
