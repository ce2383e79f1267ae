"""Write the stock project: what `rasa init` gives in 3.6.21 (pipeline, policies, stores, REST channel, HTTP action
server), with our questionnaire as forms and a handful of examples an intent, so that DIET and TED train in minutes.

Its commands are named as ours, so that the same lines can be sent to both: « /open_risks » opens a section, a line is
an answer, « /why » is answered inside a section and asks the question again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from balise.plan.catalogue import ROOT, responses_of
from balise.yaml_files import read_yaml

EXAMPLES = 12
"""Of each intent, taken from data/nlu/: DIET's time to train grows with them, its time to answer does not."""
PIPELINE = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
    {"name": "EntitySynonymMapper"},
    {"name": "ResponseSelector", "epochs": 100, "constrain_similarities": True},
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
]
POLICIES = [
    {"name": "MemoizationPolicy"},
    {"name": "RulePolicy"},
    {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": 100},
    {"name": "TEDPolicy", "max_history": 5, "epochs": 100, "constrain_similarities": True},
]
"""What `rasa init` shows as the defaults of 3.6.21."""
SECTIONS = ("evacuation", "risks", "places", "communications", "contacts", "self_care")
ASIDE = "why"
ACTIONS = '''"""One validation a section, one call a turn, as `rasa init` leads to."""

import json
from pathlib import Path

from rasa_sdk.forms import FormValidationAction

FORMS = json.loads(Path(__file__).with_name("forms.json").read_text())


def _validation(form, slots):
    def keeps(slot):
        def validate(self, value, dispatcher, tracker, domain):
            return {slot: value}

        return validate

    members = {f"validate_{slot}": keeps(slot) for slot in slots}
    return type(f"Validate_{form}", (FormValidationAction,), {"name": lambda self: f"validate_{form}", **members})


globals().update({f"Validate_{form}": _validation(form, slots) for form, slots in FORMS.items()})
'''


def make(folder: Path) -> None:
    """Write the whole project into `folder`, which must exist."""
    domain, responses = read_yaml(ROOT / "domain.yml"), responses_of(ROOT)
    opened = {f"open_{section}": _form_of(domain, section) for section in SECTIONS}
    intents = [*opened, ASIDE, "inform", "greet"]
    forms = {form: domain["forms"][form]["required_slots"] for form in opened.values()}
    questions = list(dict.fromkeys(slot for slots in forms.values() for slot in slots))
    asked = {f"utter_ask_{slot}": [_stock(responses[f"utter_ask_{slot}"])] for slot in questions}
    said = {f"utter_done_{form}": [{"text": responses[f"utter_title_{form}"]["text"]}] for form in forms}
    answered = {f"utter_{ASIDE}": [{"text": "Cette question aide à préparer un départ plus sûr."}]}
    _write(
        folder / "config.yml", {"recipe": "default.v1", "language": "fr", "pipeline": PIPELINE, "policies": POLICIES}
    )
    _write(
        folder / "domain.yml",
        {
            "version": "3.1",
            "intents": intents,
            "slots": {slot: _slot(slot, forms) for slot in questions},
            "forms": {form: {"required_slots": slots} for form, slots in forms.items()},
            "responses": {**asked, **said, **answered, "utter_greet": [{"text": "Bonjour."}]},
            "actions": [f"validate_{form}" for form in forms],
            "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
        },
    )
    _write(folder / "nlu.yml", {"version": "3.1", "nlu": [_examples(intent) for intent in intents]})
    _write(folder / "rules.yml", {"version": "3.1", "rules": list(_rules(opened)), "stories": _stories()})
    _write(folder / "endpoints.yml", {"action_endpoint": {"url": "http://127.0.0.1:${STOCK_ACTIONS}/webhook"}})
    (folder / "credentials.yml").write_text("rest:\n", "utf-8")
    (folder / "actions").mkdir()
    (folder / "actions" / "__init__.py").write_text(ACTIONS, "utf-8")
    (folder / "actions" / "forms.json").write_text(json.dumps(forms), "utf-8")


def _form_of(domain: dict[str, Any], section: str) -> str:
    named = {"self_care": "care_form"}.get(section, f"{section}_form")
    assert named in domain["forms"]
    return named


def _stock(response: dict[str, Any]) -> dict[str, Any]:
    buttons = [{"title": one["title"], "payload": one["payload"]} for one in response.get("buttons") or ()]
    return {"text": response["text"], "buttons": buttons}


def _slot(slot: str, forms: dict[str, list[str]]) -> dict[str, Any]:
    where = [{"active_loop": form, "requested_slot": slot} for form, slots in forms.items() if slot in slots]
    mapping = {"type": "from_text", "not_intent": [ASIDE], "conditions": where}
    return {"type": "text", "influence_conversation": False, "mappings": [mapping]}


def _examples(intent: str) -> dict[str, str]:
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in read_yaml(path).get("nlu") or ():
            examples = block["examples"].splitlines() if block.get("intent") == intent else []
            if len(examples) >= EXAMPLES:
                return {"intent": intent, "examples": "\n".join(examples[:EXAMPLES]) + "\n"}
    raise LookupError(intent)


def _rules(opened: dict[str, str]) -> list[dict[str, Any]]:
    rules = []
    for intent, form in opened.items():
        rules.append({"rule": intent, "steps": [{"intent": intent}, {"action": form}, {"active_loop": form}]})
        ended: list[dict[str, Any]] = [
            {"action": form},
            {"active_loop": None},
            {"slot_was_set": [{"requested_slot": None}]},
        ]
        rules.append(
            {
                "rule": f"{form} ends",
                "condition": [{"active_loop": form}],
                "steps": [*ended, {"action": f"utter_done_{form}"}],
            }
        )
        rules.append(
            {
                "rule": f"{ASIDE} in {form}",
                "condition": [{"active_loop": form}],
                "steps": [{"intent": ASIDE}, {"action": f"utter_{ASIDE}"}, {"action": form}, {"active_loop": form}],
            }
        )
    return rules


def _stories() -> list[dict[str, Any]]:
    return [{"story": "greeting", "steps": [{"intent": "greet"}, {"action": "utter_greet"}]}]


def _write(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
