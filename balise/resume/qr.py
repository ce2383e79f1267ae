"""A code as a QR symbol, drawn as one SVG element that refers to nothing else."""

from __future__ import annotations

import io
from collections.abc import Sequence

import segno


def _symbol(words: Sequence[str]) -> segno.QRCode:
    # Capitals take five and a half bits a character instead of eight; a code is read in either case.
    return segno.make_qr(" ".join(words).upper(), mode="alphanumeric", error="m", boost_error=False)


def qr_version(words: Sequence[str]) -> int:
    """The size of the symbol, 1 (21 modules a side) to 40 (177)."""
    return int(_symbol(words).version)


def qr_svg(words: Sequence[str]) -> str:
    """The words of a code as a QR symbol (ISO/IEC 18004, error correction M): an `<svg>` element with a viewBox and no
    size of its own, black on white whatever the theme (readers need it), with the quiet zone of four modules."""
    out = io.BytesIO()
    drawn = {"xmldecl": False, "omitsize": True, "svgclass": None, "lineclass": None}
    _symbol(words).save(out, kind="svg", border=4, dark="#000", light="#fff", **drawn)
    return out.getvalue().decode("ascii").strip()
