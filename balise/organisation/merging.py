"""The project's content with an organisation's laid over it, written as one whole."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML

from balise.organisation.overlay import MARK, SECTIONS, SETTINGS_FILE, Overlay, nearest
from balise.plan.catalogue import PLAN_FORMS, REFERRAL_FORMS, read_responses
from balise.plan.ways import OPENED_BY
from balise.yaml_files import read_yaml

CONTENT = ("data", "domain.yml", "config.yml", "endpoints.yml", "credentials.yml")
"""What the project is served from."""
_QUESTION_KEYS = ("question", "section", "after")
_QUESTION_NAME = re.compile(r"[a-z]+(?:_[a-z]+)+")


class Merge:
    """The project's content with an organisation's laid over it, written file by file."""

    def __init__(self, overlay: Overlay, project: Path, target: Path) -> None:
        self._overlay, self._target = overlay, target
        for name in CONTENT:
            if (project / name).is_dir():
                shutil.copytree(project / name, target / name)
            else:
                shutil.copy(project / name, target)
        self._domain = read_yaml(target / "domain.yml")
        self._texts = read_responses(target / "data" / "responses")
        self._home: dict[str, str] = {}
        told = overlay.settings
        self._left_out = [form for section in told.get("leave_out") or () for form in SECTIONS[section]]
        self._added = [dict(entry) if isinstance(entry, Mapping) else {} for entry in told.get("add_questions") or ()]

    def faults(self) -> Iterator[str]:
        """Write everything; what can't be laid over."""
        yield from self._province()
        misplaced = list(self._questions())
        yield from misplaced
        if misplaced:
            return
        yield from self._responses()
        yield from self._interface()
        self._leave_out()
        self._write()

    def _province(self) -> Iterator[str]:
        named = self._overlay.settings.get("province")
        known = [button["payload"] for button in self._texts["utter_ask_gate_province"]["buttons"]]
        if named and named not in known:
            place = self._overlay.at(SETTINGS_FILE, "province")
            yield f"{place} : province : « {named} » n'est pas un choix ({', '.join(known)})."

    def _questions(self) -> Iterator[str]:
        """Put the organisation's own questions where it wants them."""
        forms = self._domain["forms"]
        for index, entry in enumerate(self._added):
            place = f"{self._overlay.at(SETTINGS_FILE, 'add_questions', index)} : add_questions"
            unknown = sorted(set(entry) - set(_QUESTION_KEYS))
            if unknown or not all(isinstance(entry.get(key), str) for key in ("question", "section")):
                yield f"{place} : « question » et « section » sont nécessaires, « after » est permis, rien d'autre."
                continue
            name, section, form = entry["question"], entry["section"], f"{entry['section']}_form"
            if form not in (*PLAN_FORMS, *REFERRAL_FORMS):
                known = ", ".join(one.removesuffix("_form") for one in (*PLAN_FORMS, *REFERRAL_FORMS))
                yield f"{place} : « {section} » n'est pas une section ({known})."
                continue
            if not _QUESTION_NAME.fullmatch(name) or not name.startswith(f"{section}_"):
                yield f"{place} : le nom « {name} » s'écrit en minuscules sans accent et commence par « {section}_ »."
                continue
            if name in self._domain["slots"]:
                yield f"{place} : la question « {name} » existe déjà."
                continue
            asked = forms[form]["required_slots"]
            after = entry.get("after")
            if after is not None and after not in asked:
                near = nearest(str(after), asked)
                yield f"{place} : after : « {after} » n'est pas une question de « {section} ».{near}"
                continue
            if not any(key == f"utter_ask_{name}" for _, key, _ in self._overlay.responses()):
                yield f"{place} : la question « {name} » n'a pas de texte (utter_ask_{name}, dans responses/)."
                continue
            asked.insert(asked.index(after) + 1 if after else len(asked), name)
            slot = {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}
            self._domain["slots"][name] = slot

    def _responses(self) -> Iterator[str]:
        """Lay the texts over: a part given wins, a choice is known by its payload, a new one is added."""
        own = {f"utter_ask_{entry.get('question')}" for entry in self._added}
        given = [(key, body) for _, key, body in self._overlay.responses()]
        added = {str(button.get("adds")) for _, body in given for button in body.get("buttons") or ()}
        for name, key, body in self._overlay.responses():
            place = f"{self._overlay.at(name, 'responses', key)} : {key}"
            if key not in self._texts and key not in own | added and not key.startswith("utter_card_"):
                yield f"{place} : ce texte n'existe pas dans le guide.{nearest(key, self._texts)}"
                continue
            self._texts[key] = _laid_over(self._texts.get(key) or {}, _plain(body))
            self._home[key] = f"{MARK}{Path(name).name}"

    def _interface(self) -> Iterator[str]:
        path = self._target / "data" / "interface" / "fr.yml"
        given = self._overlay.read("interface.yml") or {}
        texts = read_yaml(path)
        for key, text in given.items():
            if key not in texts:
                yield f"{self._overlay.at('interface.yml', key)} : « {key} » n'existe pas.{nearest(key, texts)}"
            texts[key] = text
        if given:
            path.write_text(yaml.safe_dump(dict(texts), allow_unicode=True, sort_keys=False), encoding="utf-8")
        if colours := self._overlay.read("colours.yml"):
            theme = self._target / "data" / "interface" / "themes" / f"{MARK}yml"
            theme.write_text(yaml.safe_dump(_plain(colours), allow_unicode=True), encoding="utf-8")

    def _leave_out(self) -> None:
        """A section left out asks nothing: its questions, their texts and the buttons that lead to it go."""
        if not self._left_out:
            return
        forms = self._domain["forms"]
        gone = {name for form in self._left_out for name in forms[form]["required_slots"]}
        for form in self._left_out:
            forms[form]["required_slots"] = []
        gone -= {name for body in forms.values() for name in body["required_slots"]}
        adds = _adds(self._texts.values())
        for name in gone:
            self._texts.pop(f"utter_ask_{name}", None)
        ways = {f"/{intent}" for intent, form in OPENED_BY.items() if form in self._left_out}
        for body in self._texts.values():
            if buttons := body.get("buttons"):
                kept = [one for one in buttons if one["payload"] not in ways and one.get("opens") not in self._left_out]
                body["buttons"] = kept
        for name in adds - _adds(self._texts.values()):
            self._texts.pop(name, None)

    def _write(self) -> None:
        responses = self._target / "data" / "responses"
        homes: dict[str, dict[str, Any]] = {}
        for path in sorted(responses.glob("*.yml")):
            content = read_yaml(path)
            for key in content.get("responses") or {}:
                if key in self._texts:
                    homes.setdefault(self._home.get(key, path.name), {})[key] = [self._texts[key]]
            path.unlink()
        for key, home in self._home.items():
            if key in self._texts:
                homes.setdefault(home, {}).setdefault(key, [self._texts[key]])
        for name, texts in homes.items():
            _dump(responses / name, {"version": "3.1", "responses": texts})
        _dump(self._target / "domain.yml", self._domain)
        self._write_directory()

    def _write_directory(self) -> None:
        """The organisation's own lines; a line of the project with the same id gives way."""
        for name in self._overlay.names("directory"):
            path = self._overlay.folder / name
            ids = {str(entry.get("id")) for entry in _entries(self._overlay.read(name))}
            for other in (self._target / "data" / "directory").glob("*.yml"):
                _drop(other, ids)
            shutil.copy(path, self._target / "data" / "directory" / f"{MARK}{path.name}")


def _drop(path: Path, ids: set[str]) -> None:
    if path.name.startswith(MARK):
        return
    parser = YAML()
    content = parser.load(path.read_text(encoding="utf-8"))
    kept = [entry for entry in content["lines"] if str(entry.get("id")) not in ids]
    if len(kept) < len(content["lines"]):
        content["lines"] = kept
        with path.open("w", encoding="utf-8") as file:
            parser.dump(content, file)


def _entries(content: Any) -> list[Mapping[str, Any]]:
    lines = content.get("lines") if isinstance(content, Mapping) else None
    return [entry for entry in lines if isinstance(entry, Mapping)] if isinstance(lines, list) else []


def _adds(bodies: Iterable[Mapping[str, Any]]) -> set[str]:
    return {button["adds"] for body in bodies for button in body.get("buttons") or () if button.get("adds")}


def _laid_over(base: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    out = {**base, **given}
    if base.get("metadata") and given.get("metadata"):
        out["metadata"] = {**base["metadata"], **given["metadata"]}
    if base.get("buttons") and given.get("buttons"):
        changed = {button["payload"]: button for button in given["buttons"]}
        known = {button["payload"] for button in base["buttons"]}
        out["buttons"] = [{**button, **changed.get(button["payload"], {})} for button in base["buttons"]]
        fresh = [button for button in given["buttons"] if button["payload"] not in known]
        # « Not discussed yet » and its like stay last.
        alone = [index for index, button in enumerate(out["buttons"]) if button.get("exclusive")]
        place = alone[0] if alone else len(out["buttons"])
        out["buttons"][place:place] = fresh
    return out


def _plain(value: Any) -> Any:
    """Plain lists, mappings and values of what was read with its lines."""
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, str) else value


def _dump(path: Path, value: Any) -> None:
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
