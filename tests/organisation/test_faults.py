"""A folder that is wrong in one way gives one clear line in French, with its place; the example has none."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from balise.errors import OperatorError
from balise.organisation import assemble, faults
from balise.plan.catalogue import PROJECT

EXAMPLE = PROJECT / "organisations" / "exemple"
SETTINGS, TEXTS, LINES = "organisation.yml", "responses/textes.yml", "directory/lignes.yml"
TEAM = 'text: "Qui, dans l\'équipe de la Maison, connaît ce plan ?"'

Break = Callable[[str, str, str], list[str]]


def test_the_example_is_in_order() -> None:
    assert faults(EXAMPLE) == []


@pytest.fixture
def broken(tmp_path: Path) -> Break:
    """Replace one piece of one file in a copy of the example and return the faults."""

    def replace(file: str, old: str, new: str) -> list[str]:
        folder = tmp_path / "exemple"
        shutil.copytree(EXAMPLE, folder)
        path = folder / file
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        assert old in text, f"{file} no longer holds {old!r}"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return faults(folder)

    return replace


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (SETTINGS, 'name: "Maison Exemple"', "", "organisation.yml : le nom de l'organisme (name) manque."),
        (SETTINGS, 'name: "Maison Exemple"', "name: [a]", "organisation.yml, ligne 5 : name : un texte entre guill"),
        (SETTINGS, 'Maison Exemple"', "Maison " * 12 + '"', "organisation.yml, ligne 5 : name : 60 caractères au plus"),
        (
            SETTINGS,
            "province: qc",
            "provinces: qc",
            "ligne 11 : « provinces » n'existe pas. Voulez-vous dire province ?",
        ),
        (SETTINGS, "province: qc", "province: quebec", "ligne 11 : province : « quebec » n'est pas un choix (bc, ab"),
        (SETTINGS, "https://meteo.gc.ca/", "meteo.gc.ca", "ligne 9 : exit : une adresse qui commence par https://"),
        (
            SETTINGS,
            "https://intranet.maison-exemple.ca/protocole",
            "/p",
            "ligne 7 : protocol : une adresse qui commence",
        ),
        (
            SETTINGS,
            '- "https://intranet.maison-exemple.ca"',
            '- "https://a.ca/page"',
            "(sans rien après le nom du site)",
        ),
        (SETTINGS, "leave_out:\n- care", "leave_out: care", "ligne 16 : leave_out : une liste est attendue"),
        (SETTINGS, "- care", "- soins", "ligne 17 : leave_out : « soins » n'est pas une section (evacuation, risks"),
        (
            SETTINGS,
            "- care",
            "- care\n- evacuation\n- risks\n- places\n- communications\n- contacts",
            "gardez au moins",
        ),
        (SETTINGS, "name:", "name", "organisation.yml, ligne 7 : ce fichier ne peut pas être lu (YAML)"),
        (
            SETTINGS,
            "section: contacts",
            "section: contact",
            "ligne 20 : add_questions : « contact » n'est pas une sect",
        ),
        (SETTINGS, "after: contacts_role", "after: contacts_rol", "Voulez-vous dire contacts_role ?"),
        (SETTINGS, "question: contacts_team", "question: team", "commence par « contacts_ »"),
        (SETTINGS, "question: contacts_team", "question: contacts_message", "« contacts_message » existe déjà"),
        (SETTINGS, "question: contacts_team", "question: contacts_equipe", "« contacts_equipe » n'a pas de texte"),
        (SETTINGS, ", section: contacts,", ",", "« question » et « section » sont nécessaires"),
        (TEXTS, "responses:", "reponses:", "responses/textes.yml : le fichier commence par « responses: »."),
        (
            TEXTS,
            "utter_ask_evacuation_means:",
            "utter_ask_evacuation_moyens:",
            "ligne 17 : utter_ask_evacuation_moyens : ce texte n'existe pas",
        ),
        (
            TEXTS,
            "  utter_ask_evacuation_means:\n  - buttons:",
            "  utter_ask_evacuation_means:\n    buttons:",
            "une seule ligne « - text",
        ),
        (
            TEXTS,
            ", payload: house_car",
            "",
            "ligne 17 : utter_ask_evacuation_means : chaque choix a un nom interne (payload)",
        ),
        (
            TEXTS,
            TEAM,
            'text: "Quel est son nom ?"',
            "ligne 5 : utter_ask_contacts_team : la question demande une donnée",
        ),
        (TEXTS, TEAM, 'text: "Qui aide la victime ?"', "on dit « la personne »"),
        (TEXTS, TEAM, 'text: "Appelez le 514-555-0142 ?"', "le numéro 514-555-0142 s'écrit dans data/directory/"),
        (TEXTS, TEAM, 'text: "Qui aide {prenom} ?"', "« {prenom} » n'est rempli par rien"),
        (TEXTS, "      why:", "      pourquoi:", "la question n'a pas de raison (why)"),
        (TEXTS, '      date: "2026-11-22"', '      jour: "2026-11-22"', "ligne 22 : utter_card_house"),
        (LINES, "lines:", "ligne:", "directory/lignes.yml : la liste « lines: » manque."),
        (
            LINES,
            'source: "coordination de la Maison Exemple"',
            'source: ""',
            "directory/lignes.yml, ligne 3 : house_on_call",
        ),
        (LINES, "514-555-0142", "514 555 0142", "house_on_call : number"),
        (LINES, "scope: [organisation]", "scope: [organisation, qc]", "scope : « organisation » va seul"),
        (LINES, "needs: [trafficking", "needs: [traite", "« traite » n'est pas un choix"),
        ("colours.yml", "#7a1f4b", "violet", "colours.yml, ligne 2 : accent : une couleur comme"),
        (
            "interface.yml",
            "before_safer",
            "before_surer",
            "ligne 2 : « before_surer » n'existe pas. Voulez-vous dire before_safer",
        ),
        (
            "interface.yml",
            "est plus sûr qu'un",
            "est plus sûr ! Un",
            "interface.yml : before_safer : ni point d'exclamation",
        ),
        (
            "reponses/textes.yml",
            "",
            "responses: {}",
            "reponses/ : ce dossier n'est pas attendu (responses/ et directory/).",
        ),
        (
            "organisations.yml",
            "",
            "name: a",
            "organisations.yml : ce fichier n'est pas attendu ici. Voulez-vous dire organisation.yml ?",
        ),
        (
            "responses/autre.yml",
            "",
            'responses:\n  utter_card_house:\n  - text: "Autre"',
            "déjà écrit dans responses/autre.yml",
        ),
    ],
)
def test_each_fault_is_one_clear_line_with_its_place(broken: Break, file: str, old: str, new: str, told: str) -> None:
    found = broken(file, old, new)
    assert len(found) == 1, found
    assert told in found[0]


def test_a_button_and_its_card_that_do_not_meet_are_told_both(broken: Break) -> None:
    told = "\n".join(broken(TEXTS, "/guidance:house", "/guidance:maison"))
    assert "« /guidance:maison » n'a pas de fiche" in told
    assert "responses/textes.yml, ligne 22 : utter_card_house : aucun bouton n'ouvre cette fiche" in told


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "exemple"
    shutil.copytree(EXAMPLE, folder)
    (folder / TEXTS).write_bytes("responses: {utter_x: [{text: été}]}".encode("latin-1"))
    assert faults(folder) == ["responses/textes.yml : ce fichier n'est pas enregistré en UTF-8."]


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    assert "n'existe pas" in faults(tmp_path / "nulle_part")[0]
    assert faults(tmp_path) == [f"organisation.yml manque dans le dossier {tmp_path.name}."]


def test_nothing_is_served_from_a_folder_with_a_fault(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"organisation\.yml manque"):
        assemble(tmp_path)
    assert not list((PROJECT / ".organisations").glob("*.part"))
