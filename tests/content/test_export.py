"""The document of the whole content: nothing is missing, everything is filled in, in the order of the screens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from balise.cli import main
from balise.content.export import INTERFACE, WORDS, export
from balise.directory.model import CANADA, CERTAINTIES, NATURES, PROVINCES
from balise.directory.reading import CHOICES, load_directory
from balise.documents.words import FOLDER, words
from balise.plan.catalogue import ROOT, load, responses_of
from balise.plan.typography import french


@pytest.fixture(scope="module")
def document() -> str:
    return export(ROOT)


def plain(text: str) -> str:
    """A text as it reads, whatever Markdown and typography make of it."""
    text = re.sub(r"(?m)^> ?", "", french(text)).replace("\\_", "_")
    return " ".join(re.sub(r"_+", "_", text).split())


def texts_of(body: dict[str, Any]) -> Iterator[str]:
    metadata = body.get("metadata") or {}
    yield body["text"]
    yield from (metadata[key] for key in ("label", "why", "blank", "source", "date") if metadata.get(key))
    yield from (button["title"] for button in body.get("buttons") or ())


def missing(document: str) -> list[tuple[str, str]]:
    """Every text of every response that does not stand beside its name: in its item, or its question's part."""
    told: dict[str, str] = {}
    for part in re.split(r"(?m)^(?=#|- |`utter_)", document):
        for name in re.findall(r"`(utter_\w+)`", part):
            told[name] = told.get(name, "") + " " + plain(part)
    told |= {f"utter_ask_{name}": plain(section_of(document, f"utter_ask_{name}")) for name in load().questions}
    return [
        (name, text)
        for name, body in responses_of(ROOT).items()
        for text in texts_of(body)
        if plain(text) not in told.get(name, "")
    ]


def section_of(document: str, question: str) -> str:
    """The part of the document on one question: from its heading to the next."""
    found = re.search(rf"(?ms)^### [^\n]*\n\n`{question}`.*?(?=^#|\Z)", document)
    return found.group(0) if found else ""


def test_no_text_of_any_response_is_missing(document: str) -> None:
    assert missing(document) == []


@pytest.mark.parametrize(
    ("left_out", "name"),
    [
        (r"Repérer deux sorties d’avance[^\n]*", "utter_ask_evacuation_exit"),
        (r"- Fenêtre ou balcon\n", "utter_ask_evacuation_exit"),
        (r"- [^\n]*`utter_back`\n", "utter_back"),
        (r"> Partir sans rien convient aussi[^\n]*\n", "utter_add_leave_empty"),
        (r"Boutons.: Je suis de retour[^\n]*", "utter_emergency"),
    ],
)
def test_a_text_left_out_would_be_seen(document: str, left_out: str, name: str) -> None:
    shorter, count = re.subn(left_out, "", document)
    assert count == 1
    assert name in {told for told, _ in missing(shorter)}


def test_a_text_of_a_new_file_is_told_too(copy: Path) -> None:
    (copy / "data" / "responses" / "neuf.yml").write_text(
        'version: "3.1"\nresponses:\n  utter_neuf:\n  - text: "Un texte tout neuf."\n', encoding="utf-8"
    )
    document = export(copy)
    assert "- Un texte tout neuf. `utter_neuf`" in document
    assert "data/responses/neuf.yml" in document


def test_every_line_of_the_directory_is_told_with_what_is_known_and_how_surely(document: str) -> None:
    words = yaml.safe_load((ROOT / WORDS).read_text(encoding="utf-8"))
    blocks = {
        name: block for block in document.split("\n#### ")[1:] for name in re.findall(r"^`(\w+)` \(", block, re.M)
    }
    lines = load_directory(ROOT).lines
    assert set(blocks) == {line.id for line in lines}
    for line in lines:
        block = plain(blocks[line.id])
        facts = ("name", "town", "serves", "number", "vanity", "text", "chat", "web", "hours", "languages", "hears")
        told = [getattr(line, fact) for fact in (*facts, "source") if getattr(line, fact)]
        told += [line.seen_on.isoformat(), words[f"certainty_{line.certainty.replace('/', '_')}"]]
        told += [doubt.note for doubt in line.doubts]
        assert [text for text in told if plain(text) not in block] == [], line.id


def test_a_number_from_memory_is_never_told_without_its_doubt(document: str) -> None:
    words = yaml.safe_load((ROOT / WORDS).read_text(encoding="utf-8"))
    for line in load_directory(ROOT).lines:
        for doubt in line.doubts:
            value = getattr(line, doubt.field)
            if doubt.certainty == "C" and value:
                (told,) = re.findall(rf"^- .*{re.escape(value)} \(doute.*$", document, re.M)
                assert plain(words["certainty_C"]) in plain(told)


def test_every_place_and_every_word_of_the_page_is_told(document: str) -> None:
    province = load().questions["gate_province"]
    places = [choice.title for code in PROVINCES if (choice := province.choice(code))]
    assert [place for place in places if f"### {plain(place)}" not in document] == []
    page = yaml.safe_load((ROOT / INTERFACE / "fr.yml").read_text(encoding="utf-8"))
    for key, text in page.items():
        assert f"`{key}`" in document
        if "{line:" not in text:
            assert f"- {plain(text)} `{key}`" in plain(document), key


def test_every_word_of_the_documents_is_told(document: str) -> None:
    told = plain(document)
    for path in sorted((ROOT / FOLDER).glob("*.yml")):
        assert f"`{path.relative_to(ROOT).as_posix()}`" in document
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for key in content.keys() - {"anyone", "choices"}:
            assert f"- {plain(content[key])} `{key}`" in told, (path.name, key)
    content = words("reminder")
    for line in content["anyone"]:
        assert plain(f"Toujours imprimé : {line}") in told
    for question, lines in content["choices"].items():
        for choice, line in lines.items():
            title = load().questions[question].choice(choice).title
            assert plain(f": {title} » imprime : {line}") in told


def test_a_verified_line_and_a_settled_doubt_are_told(copy: Path) -> None:
    path = copy / "data" / "directory" / "canada.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("verified_on: null", "verified_on: 2026-12-01"), encoding="utf-8")
    document = plain(export(copy))
    assert "Vérifiée par un appel le 2026-12-01" in document
    assert "Vérifiée sur la page officielle le 2026-12-01" in document
    assert "(doute levé le 2026-12-01 : texto réservé" in document
    assert "Fait le plus récent : 2026-12-01." in document


def test_the_document_has_words_for_whatever_the_directory_may_hold() -> None:
    words = yaml.safe_load((ROOT / WORDS).read_text(encoding="utf-8"))
    needed = {f"nature_{nature}" for nature in NATURES} | {CANADA}
    needed |= {f"certainty_{certainty.replace('/', '_')}" for certainty in CERTAINTIES}
    needed |= {f"verified_on_{way}" for way in CHOICES["verify_by"]}
    needed |= {f"value_{value}" for key in ("relay", "cost", "anonymous") for value in CHOICES[key]}
    assert needed - set(words) == set()


def test_numbers_are_filled_in_and_typography_is_that_of_the_screen(document: str) -> None:
    assert "{line:" not in document
    assert "Appeler le 9-1-1" in document
    assert " ?" not in document
    assert "'" not in document


def test_a_question_tells_when_it_is_asked_and_what_its_choices_do(document: str) -> None:
    when = plain(section_of(document, "utter_ask_contacts_when"))
    assert (
        plain("Posée seulement si, à « Appel sûr », un de ces choix est fait : « À certains moments seulement ».")
        in when
    )
    assert plain("Posée de nouveau pour chaque « Contact ».") in when
    leave = plain(section_of(document, "utter_ask_evacuation_bring"))
    assert "- Pas encore discuté (va seul)" in leave
    assert plain("Ajouté au choix « Partir sans rien, au besoin » :") in leave
    assert "Partir sans rien convient aussi." in leave
    assert plain("- Risques (ouvre la section « Risques »)") in plain(document)
    assert "Mot convenu (écrit à la main)\u00a0: \\_" in document


def test_what_a_worker_meets_first_stands_first(document: str) -> None:
    stops = ["utter_welcome", "utter_ask_gate_danger", "utter_ask_evacuation_exit", "utter_ask_care_review"]
    stops += ["utter_review", "utter_card_consent", "utter_summary_title", "utter_back", "utter_emergency"]
    found = [document.index(f"`{stop}`") for stop in [*stops, "before_go", "trafficking_hotline"]]
    assert found == sorted(found)


def test_the_command_prints_or_writes_the_document(
    tmp_path: Path, document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["content", "export"]) == 0
    assert capsys.readouterr().out == document
    assert main(["content", "export", "--to", str(tmp_path / "contenu.md")]) == 0
    assert (tmp_path / "contenu.md").read_text(encoding="utf-8") == document


def test_a_file_that_cannot_be_written_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["content", "export", "--to", str(tmp_path / "nowhere" / "contenu.md")]) == 1
    told = capsys.readouterr().err
    assert "ne peut pas être écrit" in told
    assert told.count("\n") == 1
