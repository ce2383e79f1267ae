"""A plan brought by a code or a file, laid beside what a conversation already holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from balise.plan.catalogue import Catalogue
from balise.plan.order import is_started
from balise.plan.ways import REVIEWED

Slots = Mapping[str, Any]


def laid_beside(catalogue: Catalogue, slots: Slots, brought: Slots) -> tuple[dict[str, Any], list[str]]:
    """The slots of `brought` to set in a conversation of `slots`, and the sections begun there, which stay."""
    kept = [form for form in REVIEWED if is_started(catalogue, form, slots)]
    stay = {name for form in kept for name in (*catalogue.forms[form], f"records_{form}")}
    return {name: value for name, value in brought.items() if name not in stay}, kept
