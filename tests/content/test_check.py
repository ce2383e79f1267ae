"""`balise check` finds each kind of fault, in French, with its place; the project's own texts have none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from balise.content.check import check
from balise.plan.catalogue import ROOT

EXIT = 'text: "Par où la personne pourrait-elle sortir ?"'


def test_the_texts_of_the_project_are_in_order() -> None:
    assert check(ROOT) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (EXIT, 'text: "Quel est son nom ?"', "donnée identifiante"),
        (EXIT, 'text: "Où habite la personne ?"', "donnée identifiante"),
        (EXIT, 'text: "À quelle heure sort-elle ?"', "donnée identifiante"),
        (EXIT, 'text: "Par où la victime sort-elle ?"', "on dit « la personne »"),
        (EXIT, 'text: "Il faut choisir une sortie."', "pas d'ordre"),
        (EXIT, 'text: "Par où sortir ? Bonne chance !"', "point d'exclamation"),
        (EXIT, f'text: "{"Par où ? " * 40}"', "caractères dans une bulle"),
        (EXIT, 'text: "Par où sort {prenom} ?"', "n'est rempli par rien"),
        (EXIT, 'text: "Par où sort {la personne ?"', "accolade"),
        (EXIT, 'text: "Le risque élevé vient d\'où ?"', "ni score ni verdict"),
        ("payload: back_door", "payload: main_door", "même nom interne"),
        ("payload: back_door", "payload: /skip", "bouton brisé"),
        ("payload: back_door", "payload: yes", "bouton brisé"),
        ("adds: utter_add_no_exit", "adds: utter_add_nothing", "n'existe pas"),
        ("porte d'en arriere", "porte d'en arrière", "sans accents"),
        ("  utter_ask_evacuation_exit:", "  utter_ask_evacuation_door:", "n'a pas de texte"),
        ("question: evacuation_situation", "question: evacuation_others", "posée après"),
        ("is: [exploitation_place", "is: [somewhere", "n'a pas de choix"),
        ('label: "Sorties possibles"', 'label: ""', "n'a pas de titre pour le résumé"),
        ("  utter_add_no_exit:", "  utter_lost_text:", "ne sert nulle part"),
        ("responses:", "responses: [", "ne peut pas être lu"),
    ],
)
def test_a_fault_is_told_with_its_place(
    broken: Callable[[str, str, str], list[str]], old: str, new: str, told: str
) -> None:
    faults = broken("data/responses/evacuation.yml", old, new)
    assert any(told in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ('back: "Retour..."', "en un seul signe"),
        ('back: "Le formulaire pour l\'usagère"', "on dit « la personne »"),
        (f'back: "{"Aller " * 26}"', "phrase de 26 mots"),
        ('back: "Retour !"', "point d'exclamation"),
        ('back: "La victime"', "on dit « la personne »"),
        ('back: ""', "le texte manque"),
        (f'back: "{"Retour " * 50}"', "caractères"),
        ('back: "Appelez le 1-800-563-0808"', "s'écrit dans data/directory/"),
        ('back: "Appelez {line:nobody}"', "n'est pas dans l'annuaire"),
    ],
)
def test_the_words_of_the_page_are_checked_too(
    broken: Callable[[str, str, str], list[str]], new: str, told: str
) -> None:
    faults = broken("data/interface/fr.yml", 'back: "Retour"', new)
    assert any("data/interface/fr.yml : back" in fault and told in fault for fault in faults), faults


def test_the_words_of_the_export_are_checked_too(broken: Callable[[str, str, str], list[str]]) -> None:
    faults = broken("data/export/fr.yml", 'several: "Plusieurs', 'several: "Il faut plusieurs')
    assert any("data/export/fr.yml : several" in fault and "pas d'ordre" in fault for fault in faults), faults


def test_the_words_of_the_bridge_are_checked_too(broken: Callable[[str, str, str], list[str]]) -> None:
    faults = broken("bridges/matrix/balise_matrix/texts/fr.yml", "Rien à renvoyer.", "Appelez le 9-1-1.")
    assert any("texts/fr.yml : down" in fault and "data/directory/" in fault for fault in faults), faults


def test_a_question_without_a_reason_is_told(broken: Callable[[str, str, str], list[str]]) -> None:
    faults = broken("data/responses/evacuation.yml", 'why: "Repérer', 'comment: "Repérer')
    assert any("n'a pas de raison" in fault for fault in faults), faults


def test_an_emergency_text_that_asks_or_begins_otherwise_is_told(
    broken: Callable[[str, str, str], list[str]],
) -> None:
    faults = broken("data/responses/emergency.yml", "{line:emergency} maintenant,", "Restez calme. {line:emergency},")
    assert any("utter_emergency" in fault for fault in faults), faults


def test_a_command_button_that_does_not_exist_is_told(broken: Callable[[str, str, str], list[str]]) -> None:
    faults = broken("data/responses/welcome.yml", "payload: /start_field", "payload: /start_feild")
    assert any("/start_feild" in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("responses/emergency.yml", "{line:suicide_988}, appel", "9-8-8, appel", "s'écrit dans data/directory/"),
        (
            "responses/emergency.yml",
            "{line:suicide_988}, appel",
            "1 800 555 0143, appel",
            "s'écrit dans data/directory/",
        ),
        ("responses/contacts.yml", '"le {line:emergency:digits}"', '"le 911"', "s'écrit dans data/directory/"),
        ("responses/emergency.yml", "{line:suicide_988}, appel", "{line:suicide}, appel", "n'est pas dans l'annuaire"),
        ("responses/emergency.yml", "{line:suicide_988}, appel", "{line:health_811}, appel", "que de mémoire"),
        ("responses/emergency.yml", "{line:suicide_988}, appel", "{line:mosaic}, appel", "n'a pas ce numéro"),
        ("directory/qc.yml", '"1-800-363-9010"', '"1 800 363-9010"', "écrire comme"),
        ("directory/qc.yml", '"1-866-532-2822"', '"1-866-532-2622"', "se compose 18665322822"),
        ("directory/qc.yml", '"jeunes"', '"victimes"', "on dit « la personne »"),
        ("directory/on.yml", "  hours: null\n", "", "hours : manque"),
        (
            "responses/lines.yml",
            "payload: migrants",
            "payload: migration",
            "n'est pas à la fois ici et dans l'annuaire",
        ),
        ("responses/cards.yml", 'source: "canada.ca (IRCC)"', 'source: ""', "n'a pas de source"),
        ("responses/cards.yml", 'date: "2026-11-21"', 'date: "hier"', "n'a pas de date"),
        (
            "responses/cards.yml",
            "Personne sans statut",
            f"Personne sans statut {'x' * 100}",
            "caractères dans la fiche",
        ),
        (
            "responses/cards.yml",
            '(IRCC)"\n      date: "2026-11-21"\n      legal: true',
            '(IRCC)"\n      date: "2026-11-21"',
            "dit du droit",
        ),
        ("responses/welcome.yml", "/guidance:permit", "/guidance:permits", "n'a pas de fiche"),
        ("responses/welcome.yml", "/guidance:vicarious", "/guidance:consent", "aucun bouton n'ouvre cette fiche"),
    ],
)
def test_a_fault_of_numbers_directory_or_cards_is_told(
    broken: Callable[[str, str, str], list[str]], file: str, old: str, new: str, told: str
) -> None:
    faults = broken(f"data/{file}", old, new)
    assert any(told in fault and file.split("/")[-1].removesuffix(".yml") in fault for fault in faults) or any(
        told in fault and "utter_" in fault for fault in faults
    ), faults


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"Faire la lessive"', '"Préparer un sac"', "anyone : « sac » peut trahir la personne : fait un bagage"),
        ('"Faire une pause"', '"Appeler une amie"', "slow_breathing : « appeler » peut trahir la personne"),
        ('"Faire une pause"', '"Pause à 14 h"', "slow_breathing : « 14 » peut trahir la personne"),
        ('"À ne pas oublier"', '"Plan de sécurité"', "title : « plan » peut trahir la personne"),
        ('"Faire une pause"', '"Faire une pause..."', "choices : care_alone : slow_breathing : « "),
        ("    slow_breathing:", "    slow_breath:", "« care_alone » n'a pas de choix « slow_breath »"),
        ("    slow_breathing:", "    unknown:", "« care_alone » n'a pas de choix « unknown »"),
        ("  care_alone:", "  care_lonely:", "la question « care_lonely » n'existe pas"),
        ('"Faire une pause"', '""', "slow_breathing : le texte manque"),
    ],
)
def test_a_line_of_the_reminder_that_tells_or_that_nothing_calls_for_is_refused(
    broken: Callable[[str, str, str], list[str]], old: str, new: str, told: str
) -> None:
    faults = broken("data/documents/reminder.yml", old, new)
    assert any(fault.startswith("data/documents/reminder.yml") and told in fault for fault in faults), faults


def test_the_other_documents_keep_the_rules_of_the_guide(broken: Callable[[str, str, str], list[str]]) -> None:
    faults = broken("data/documents/note.yml", '"Rappels"', '"Pour la victime"')
    assert any("data/documents/note.yml : reminders" in fault and "on dit" in fault for fault in faults), faults
