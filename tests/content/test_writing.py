"""Reading level, one word for each thing, typography: each fault is planted and told with its place, once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from balise.content.check import forbidden
from balise.content.writing import LEVELS, level, level_faults, sentences, typography_faults
from balise.plan.catalogue import ROOT, load, responses_of
from balise.plan.words import fold

EXIT = 'text: "Par où la personne pourrait-elle sortir ?"'
WHY = "why: \"Repérer deux sorties d'avance évite d'avoir à choisir sous le coup de la peur.\""
ADDED = 'text: "Partir sans rien convient aussi.'
HARD = "Préalablement identifier systématiquement plusieurs possibilités distinctes facilite considérablement "
HARD += "toute décision subséquente lorsque surviennent inopinément des circonstances particulièrement difficiles."
LONG = " ".join(["pas"] * 26)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("evacuation", EXIT, f'text: "{HARD}"', "au plus pour une question"),
        ("evacuation", WHY, f'why: "{HARD}"', "au plus pour une raison"),
        ("evacuation", ADDED, f'text: "{HARD}', "au plus pour une réponse"),
        (
            "cards",
            'text: "Faire le tour :',
            f'text: "{HARD}\\n\\nFaire le tour :',
            "au plus pour une fiche",
        ),
        ("evacuation", EXIT, f'text: "{LONG} ?"', "phrase de 26 mots (25 au plus)"),
        ("evacuation", WHY, f'why: "{LONG}."', "phrase de 26 mots (25 au plus)"),
        (
            "evacuation",
            EXIT,
            'text: "Par où la cliente sort-elle ?"',
            "« cliente » : on dit « la personne »",
        ),
        ("evacuation", EXIT, 'text: "Quel plan de sortie ?"', "« plan de sortie » : on dit « plan d'évacuation »"),
        ("evacuation", "Un organisme peut aider à", "Un prestataire peut aider à", "on dit « fournisseur »"),
        ("evacuation", 'title: "Garage', "title: \"Foyer d'accueil", "on dit « maison d'hébergement »"),
        ("evacuation", EXIT, 'text: "Par où sortir?"', "une espace avant"),
        ("evacuation", EXIT, 'text: "Une sortie: laquelle ?"', "une espace avant"),
        ("evacuation", EXIT, 'text: "Par où sortir ?Vite ?"', "une espace après"),
        ("evacuation", EXIT, 'text: "Porte,fenêtre : par où ?"', "une espace après"),
        ("evacuation", EXIT, 'text: "Par où , et comment ?"', "pas d'espace avant une virgule"),
        ("evacuation", EXIT, 'text: "Par où  sortir ?"', "une seule espace"),
        ("evacuation", EXIT, 'text: "Par où sortir ? "', "au début ni à la fin"),
        ("evacuation", EXIT, 'text: "Par où sortir..."', "pas trois points"),
        ("evacuation", EXIT, 'text: "Par où - porte - sortir ?"', "en guise de tiret"),
        ("evacuation", EXIT, "text: 'Par où \"sortir\" ?'", "guillemets droits"),
        ("evacuation", EXIT, 'text: "Par où «sortir» ?"', "une espace après « et avant »"),
        ("evacuation", EXIT, 'text: "Par où « sortir ?"', "n'a pas son pareil"),
        ("evacuation", EXIT, 'text: "Par où l’on sort ?"', "l'apostrophe simple"),
        ("evacuation", EXIT, 'text: "Par où sortir\u00a0?"', "l'espace ordinaire"),
        ("cards", 'source: "securitetech.ca"', 'source: "securitetech.ca..."', "pas trois points"),
    ],
)
def test_a_fault_of_writing_is_told_once_with_its_place(
    broken: Callable[[str, str, str], list[str]], file: str, old: str, new: str, told: str
) -> None:
    faults = broken(f"data/responses/{file}.yml", old, new)
    assert len([fault for fault in faults if told in fault]) == 1, faults
    assert all(re.match(rf"data/responses/{file}\.yml : utter_\w+ : ", fault) for fault in faults), faults
    assert not any("\n" in fault for fault in faults)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('serves: "femmes"', 'serves: "femmes, usagères"', "serves : « usageres » : on dit « la personne »"),
        ('hours: "24 h sur 24, 7 j sur 7"', 'hours: "24 h  sur 24"', "hours : "),
    ],
)
def test_the_words_of_the_directory_are_checked_too(
    broken: Callable[[str, str, str], list[str]], old: str, new: str, told: str
) -> None:
    faults = broken("data/directory/on.yml", old, new)
    assert len(faults) == 1, faults
    assert "data/directory/on.yml" in faults[0]
    assert told in faults[0]


def test_the_name_of_a_service_is_its_own(broken: Callable[[str, str, str], list[str]]) -> None:
    assert broken("data/directory/qc.yml", 'name: "CAVAC"', 'name: "Centre d\'aide aux victimes"') == []


def test_what_is_quoted_may_hold_another_word(broken: Callable[[str, str, str], list[str]]) -> None:
    assert broken("data/responses/evacuation.yml", EXIT, 'text: "Quelqu\'un dit « usagère » : par où sortir ?"') == []


def test_the_words_kept_are_those_of_the_content() -> None:
    told = fold(" ".join(str(body) for body in responses_of(ROOT).values()))
    told += fold(" ".join(line.serves for line in load().directory.lines))
    assert [rule["say"] for rule in forbidden()["terms"] if fold(rule["say"]) not in told] == []


def test_a_word_kept_is_not_refused_elsewhere() -> None:
    rules = forbidden()
    patterns = [re.compile(rf"\b(?:{rule['pattern']})\b") for rule in (*rules["words"], *rules["terms"])]
    kept = [fold(rule["say"]) for rule in rules["terms"]]
    assert [(word, pattern.pattern) for word in kept for pattern in patterns if pattern.search(word)] == []


def test_the_level_is_words_a_sentence_and_the_share_of_long_words() -> None:
    # Eight words in two sentences, two of them of seven letters or more: 4 + 25.
    assert level("On part sans bruit. Personne ne revient ici.") == 29
    assert level("9-1-1") == 0


def test_a_colon_a_semicolon_and_a_new_line_end_a_sentence() -> None:
    told = sentences("Trois choix : partir ; rester.\nOu en parler, en C.-B. aussi.")
    assert told == ["Trois choix", "partir", "rester", "Ou en parler, en C.-B", "aussi"]


def test_a_short_text_is_measured_by_its_sentences_only() -> None:
    assert list(level_faults("Renseignements complémentaires indisponibles.", "card")) == []
    assert set(LEVELS) == {"question", "reason", "card", "answer"}


@pytest.mark.parametrize(
    "text",
    [
        "Danger maintenant ? {line:emergency}, ou la police (24 h sur 24) : c'est possible…",
        "« On peut arrêter ici. »\n\nC.-B. : 2,5 heures ; 1-833-900-1010, 8 h 30.",
        "{label} : {blank}",
        "Lieu : ______. Peut-être, dit-elle, à mi-chemin.",
    ],
)
def test_what_is_well_written_is_left_alone(text: str) -> None:
    assert list(typography_faults(text)) == []
