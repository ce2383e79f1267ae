"""How well redaction finds what identifies and leaves the rest, on messages that the model never saw.

Prints one JSON line a figure: for each kind the share of spans wholly masked; the share of messages that leak; the
share of clean messages altered, by style and on the utterances of tests/understanding/; the time of a message.
`--fold` adds a cross-validation by author over the training corpora (some minutes).
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from balise.plan.catalogue import ROOT
from balise.privacy import context_model, sequence_model
from balise.privacy.corpus import Example, read
from balise.privacy.lists import load_lists
from balise.privacy.model import CONTEXT, SEQUENCE, Model
from balise.privacy.redaction import Redaction, Redactor, load_model, redact
from balise.privacy.training import CORPORA, training_set

CORPUS = ROOT / "data" / "redaction" / "corpus"
UTTERANCES = ROOT / "tests" / "understanding"
_FOLDS = 4


def _show(**figure: object) -> None:
    print(json.dumps(figure, ensure_ascii=False), flush=True)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def score(name: str, examples: Sequence[Example], run: Callable[[str], Redaction]) -> None:
    """Print the figures of one labelled set. A span is found when each of its letters and digits is masked."""
    whole: Counter[str] = Counter()
    found: Counter[str] = Counter()
    clean: Counter[str] = Counter()
    altered: Counter[str] = Counter()
    leaking = 0
    for example in examples:
        redaction = run(example.text)
        masked = {place for span in redaction.spans for place in range(span.source_start, span.source_end)}
        if not example.spans:
            clean[example.style] += 1
            altered[example.style] += bool(redaction.spans)
        missed = False
        for start, end, label in example.spans:
            hit = all(place in masked or not example.text[place].isalnum() for place in range(start, end))
            for kind in (label, "all", *([] if label in ("PERSON", "ORG") else ["numbers and addresses"])):
                whole[kind] += 1
                found[kind] += hit
            missed |= not hit
        leaking += missed
    for kind in sorted(whole):
        _show(set=name, kind=kind, found=_share(found[kind], whole[kind]), spans=whole[kind])
    _show(set=name, leaking=_share(leaking, sum(1 for example in examples if example.spans)))
    for style in sorted(clean):
        _show(set=name, style=style, altered=_share(altered[style], clean[style]), messages=clean[style])


def score_clean() -> None:
    """Print the share of the understanding sets' utterances that are altered, and the time of a message."""
    times = []
    for path in sorted(UTTERANCES.rglob("*.tsv")):
        said = [line.partition("\t")[2] for line in path.read_text(encoding="utf-8").splitlines() if line]
        altered = 0
        for text in said:
            start = time.perf_counter()
            altered += bool(redact(text).spans)
            times.append(time.perf_counter() - start)
        _show(set=f"{path.parent.name}/{path.stem}", altered=_share(altered, len(said)), messages=len(said))
    ordered = sorted(times)
    _show(
        median_ms=round(statistics.median(ordered) * 1000, 2),
        p95_ms=round(ordered[int(0.95 * len(ordered))] * 1000, 2),
    )


def score_folds() -> None:
    """Cross-validation by author: each message is read by a model that saw no line of its author."""
    lists = load_lists()
    parts = {name: list(read(CORPUS / name)) for name in CORPORA}
    for fold in range(_FOLDS):
        away = CORPORA[fold::_FOLDS]
        kept = [example for name in CORPORA if name not in away for example in parts[name]]
        with tempfile.TemporaryDirectory() as folder:
            examples = training_set(lists, corpora=kept)
            sequence_model.train(examples, lists, Path(folder) / SEQUENCE)
            context_model.train(examples, lists, Path(folder) / CONTEXT)
            redactor = Redactor(lists, Model(Path(folder)))
        for name in away:
            score(f"author {name.removesuffix('.tsv')}", parts[name], redactor.run)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fold", action="store_true", help="cross-validation by author, too")
    options = parser.parse_args()
    load_lists()
    load_model()
    for name in ("heldout", "blind", "blind_commands"):
        score(name, list(read(CORPUS / f"{name}.tsv")), redact)
    score_clean()
    if options.fold:
        score_folds()


if __name__ == "__main__":
    main()
