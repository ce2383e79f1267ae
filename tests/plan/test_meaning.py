"""What a message means in its context, for given probabilities of the classifier."""

from __future__ import annotations

import pytest

from balise.engine.lexicon import load_lexicon
from balise.plan.catalogue import Catalogue
from balise.plan.meaning import NO_SUCH_NUMBER, Context, Meaning, Ranking, Records, understand

EXITS = (("main_door", "Porte principale"), ("back_door", "Porte arrière"), ("/summary", "Voir le résumé"))
REVIEW = (
    ("/next_section", "Continuer : Risques"),
    ("/change:places_routes", "Changer : Trajets"),
    ("/change:places_exits", "Changer : Sorties"),
    ("/edit_record:0", "Reprendre : Lieu A"),
)


def sure_of(intent: str, probability: float) -> Ranking:
    """A ranking with `intent` first; what is left goes to an ordinary answer."""
    return [(intent, probability), ("inform", 1 - probability)]


def meaning(text: str, context: Context, ranking: Ranking = ()) -> Meaning:
    return understand(text, context, ranking or sure_of("inform", 0.9), load_lexicon())


@pytest.mark.parametrize(
    ("said", "ranking", "intent", "offered"),
    [
        ("ses amies", sure_of("open_contacts", 0.999), "answer", ("open_contacts",)),
        ("peux-tu ouvrir la section des contacts", sure_of("open_contacts", 0.95), "open_contacts", ()),
        ("une pause au parc", sure_of("pause", 0.93), "answer", ("pause",)),
        ("on efface les textos", sure_of("erase", 0.9), "answer", ("erase",)),
        ("c'est pour quoi faire ça", sure_of("why", 0.95), "why", ()),
        ("l'utilité de savoir ça", sure_of("why", 0.5), "answer", ("why",)),
        ("le frigo", sure_of("inform", 0.99), "answer", ()),
    ],
)
def test_in_a_question_a_likely_command_is_offered_and_only_a_sure_one_obeyed(
    catalogue: Catalogue, said: str, ranking: Ranking, intent: str, offered: tuple[str, ...]
) -> None:
    context = Context(question=catalogue.questions["evacuation_bring"], section="evacuation_form")
    found = meaning(said, context, ranking)
    assert (found.intent, found.offered) == (intent, offered)
    # Whatever was obeyed, what was said can be put back in its place.
    assert found.answer is not None
    assert found.answer.note == said


def test_the_open_section_is_never_offered_in_itself(catalogue: Catalogue) -> None:
    context = Context(question=catalogue.questions["evacuation_bring"], section="evacuation_form")
    assert meaning("son sac", context, sure_of("open_evacuation", 0.99)).offered == ()


def test_an_emergency_stops_the_questions_only_when_it_is_likely_enough(catalogue: Catalogue) -> None:
    context = Context(question=catalogue.questions["evacuation_means"])
    assert meaning("il cogne dans la porte là", context, sure_of("emergency", 0.95)).intent == "emergency"
    kept = meaning("batterie qui meurt", context, sure_of("emergency", 0.85))
    assert (kept.intent, kept.danger) == ("answer", True)
    assert meaning("il a un fusil, il monte", context, sure_of("emergency", 0.85)).intent == "emergency"
    assert meaning("mourir", context, sure_of("inform", 0.9)).intent == "answer"


def test_numbers_count_the_choices_shown(catalogue: Catalogue) -> None:
    context = Context(question=catalogue.questions["evacuation_exit"], offered=EXITS)
    assert meaning("1, 2", context).answer is not None
    assert meaning("3", context).intent == "summary"
    assert meaning("7", context) == Meaning("repeat", target=NO_SUCH_NUMBER)
    assert meaning("7", Context()) == Meaning("repeat", target=NO_SUCH_NUMBER)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("les trajets", Meaning("change", target="places_routes")),
        ("je veux changer les sorties", Meaning("change", target="places_exits")),
        ("lieu a", Meaning("edit_record", target="0")),
        ("continuer", Meaning("next_section")),
        ("oui", Meaning("next_section")),
        ("terminer", Meaning("next_section")),
        ("un autre lieu", Meaning("add_record")),
    ],
)
def test_a_review_is_used_in_words(said: str, expected: Meaning) -> None:
    records = Records(("Lieu A", "Lieu B"), 1, "Ajouter un autre lieu")
    assert meaning(said, Context(offered=REVIEW, reviewing="places_form", records=records)) == expected


def test_a_record_is_left_for_another_in_words(catalogue: Catalogue) -> None:
    records = Records(("Fournisseur A", "Fournisseur B"), 1, "Ajouter un autre fournisseur")
    context = Context(question=catalogue.questions["provider_culture"], records=records)
    assert meaning("un autre fournisseur", context) == Meaning("add_record")
    assert meaning("revenir au fournisseur A", context) == Meaning("edit_record", target="0")
    assert meaning("le fournisseur est loin", context).intent == "answer"


@pytest.mark.parametrize(
    ("ranking", "intent", "offered"),
    [
        ([("open_risks", 0.95), ("why", 0.05)], "open_risks", ()),
        ([("open_risks", 0.7), ("why", 0.3)], "open_risks", ("why",)),
        ([("open_risks", 0.45), ("why", 0.3), ("skip", 0.25)], "unsure", ("open_risks", "why", "skip")),
        ([("why", 0.45), ("open_risks", 0.3), ("skip", 0.25)], "why", ("open_risks", "skip")),
    ],
)
def test_outside_a_question_the_less_sure_the_more_is_offered(
    ranking: Ranking, intent: str, offered: tuple[str, ...]
) -> None:
    found = meaning("le danger là-dedans", Context(), ranking)
    assert (found.intent, found.offered) == (intent, offered)


def test_while_paused_only_a_known_word_starts_something_else() -> None:
    paused = Context(paused="evacuation_form")
    assert meaning("on est en sécurité maintenant", paused, sure_of("start_plan", 0.95)).intent == "unsure"
    assert meaning("commencer le plan", paused).intent == "start_plan"
    assert meaning("reprendre", paused).intent == "resume"


@pytest.mark.parametrize(
    ("said", "intent", "told"),
    [
        (
            "quelles lignes pour une mineure en ontario",
            "helplines",
            {"gate_province": ("on",), "lines_need": ("minors",)},
        ),
        ("un numéro pour le suicide", "helplines", {"lines_need": ("suicide",)}),
        ("des lignes au nunavut", "helplines", {"gate_province": ("nu",)}),
        ("quelles lignes puis-je donner", "helplines", {}),
        # Two needs: which one is asked.
        ("une ligne pour une mineure suicidaire", "helplines", {}),
        ("dois-je faire un signalement au manitoba", "guidance", {"topics": ("duty",), "gate_province": ("mb",)}),
        ("elle parle pas français, qui peut traduire", "guidance", {"topics": ("interpreters",)}),
        ("une mineure en ontario", "confidentiality", {}),
    ],
)
def test_a_request_may_say_more_than_itself(said: str, intent: str, told: dict[str, tuple[str, ...]]) -> None:
    found = meaning(said, Context(), sure_of(intent, 0.95))
    assert found.intent == intent
    assert found.told == told


def test_a_card_named_alone_is_opened_but_never_in_place_of_an_answer(catalogue: Catalogue) -> None:
    assert meaning("consentement", Context()) == Meaning("guidance", target="consent")
    question = catalogue.questions["evacuation_bring"]
    assert meaning("permis de séjour", Context(question=question), sure_of("inform", 0.9)).intent == "answer"
