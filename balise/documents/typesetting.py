"""Typst in a process of its own, which lives for one document.

Typst keeps what it set in a cache for as long as its process lives, and a panic of its prints the words that it
stumbled on. Here both end with the document: nothing is written, and what is printed goes nowhere.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

TEMPLATE = Path(__file__).parent / "paper" / "document.typ"
"""It stands alone in its folder, the only one that typst may read."""
_LONGEST = 20
"""Seconds."""


class TypesettingError(RuntimeError):
    """A document could not be set. Typst's own words are not told: they may quote the document."""


def typeset(inputs: dict[str, str]) -> bytes:
    """The PDF that the template makes of `inputs` (`title`, and `document` as JSON). Raises TypesettingError.

    The caller's thread waits without holding the interpreter: a server asks from a thread of its own.
    """
    command = [sys.executable, "-I", __file__]
    try:
        # No environment: no proxy, no package folder, no setting of ours reaches it.
        done = subprocess.run(
            command,
            input=json.dumps(inputs).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=TEMPLATE.parent,
            env={},
            timeout=_LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode != 0:
        raise TypesettingError("too slow" if done is None else "typst refused the document")
    return done.stdout


def _main() -> None:
    import typst

    compiler = typst.Compiler(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=typst.Fonts(include_system_fonts=False),
        ignore_system_fonts=True,
        sys_inputs=json.load(sys.stdin.buffer),
    )
    # PDF/UA-1 (ISO 14289-1): typst refuses what breaks it, as a title that is missing or a heading that is skipped.
    made = compiler.compile(format="pdf", pdf_standards="ua-1")
    assert isinstance(made, bytes)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    _main()
