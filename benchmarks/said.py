"""One figure as a line of JSON, with what is aimed at and its limit."""

from __future__ import annotations

import json


def said(name: str, value: float, unit: str, target: float, limit: float) -> bool:
    """Print one figure; whether its limit holds."""
    held = value <= limit
    line = {"measure": name, "value": value, "unit": unit, "target": target, "limit": limit, "held": held}
    print(json.dumps(line), flush=True)
    return held
