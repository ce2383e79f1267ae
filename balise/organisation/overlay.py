"""An organisation's folder as its author wrote it, and what is wrong with it before it is laid over anything."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from balise.channels.page_settings import PageSettings
from balise.errors import OperatorError
from balise.plan.catalogue import PLAN_FORMS, REFERRAL_FORMS

SETTINGS_FILE = "organisation.yml"
MARK = "organisation."
"""Before the name of an organisation's file, once it stands among the project's."""
SECTIONS: Mapping[str, tuple[str, ...]] = {
    **{form.removesuffix("_form"): (form,) for form in PLAN_FORMS},
    "referral": REFERRAL_FORMS,
}
"""What can be left out, and the forms that go with it."""
VARIABLES = {
    "name": "BALISE_ORGANISATION",
    "protocol": "BALISE_PROTOCOL",
    "exit": "BALISE_EXIT",
    "province": "BALISE_PROVINCE",
}
"""Settings that are one text, and their names in the environment."""
_KEYS = (*VARIABLES, "embedded_in", "leave_out", "add_questions")
_FOLDERS = ("responses", "directory")
_FILES = (SETTINGS_FILE, "interface.yml", "colours.yml")
_LONGEST_NAME = 60
_COLOUR = re.compile(r"#[0-9a-f]{3,8}|\d+(?:px|rem)|0", re.I)


@dataclass
class Overlay:
    """An organisation's folder as its author wrote it."""

    folder: Path
    _files: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def settings(self) -> Mapping[str, Any]:
        """What organisation.yml says; empty where it can't be read."""
        told = self.read(SETTINGS_FILE)
        return told if isinstance(told, Mapping) else {}

    def read(self, name: str) -> Any:
        """The content of one file, with the lines of its parts; None where there is none. Raises YAMLError."""
        if name not in self._files:
            path = self.folder / name
            self._files[name] = YAML().load(path.read_text(encoding="utf-8")) if path.is_file() else None
        return self._files[name]

    def names(self, kind: str) -> list[str]:
        """The files of one folder, as `responses/textes.yml`."""
        return sorted(f"{kind}/{path.name}" for path in (self.folder / kind).glob("*.yml"))

    def at(self, name: str, *keys: Any) -> str:
        """`name` with the line of a key in it."""
        held: Any = self.read(name)
        line = None
        for key in keys:
            try:
                line = held.lc.item(key)[0] if isinstance(key, int) else held.lc.key(key)[0]
                held = held[key]
            except (AttributeError, KeyError, IndexError, TypeError):
                break
        return name if line is None else f"{name}, ligne {line + 1}"

    def responses(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """(file, name, body) of every text."""
        for name in self.names("responses"):
            for key, variants in self.read(name)["responses"].items():
                yield name, key, variants[0]

    def placed(self, fault: str) -> str:
        """A fault of the whole content, told with the place in the organisation's own files."""
        for name in (*self.names("responses"), *self.names("directory")):
            kind, _, file = name.partition("/")
            fault = fault.replace(f"data/{kind}/{MARK}{file}", name)
        for name, key, _ in self.responses():
            if fault.startswith(f"{name} : {key} : "):
                return fault.replace(name, self.at(name, "responses", key), 1)
        return fault.replace("data/interface/fr.yml", "interface.yml")

    def faults(self) -> Iterator[str]:
        """What is wrong with the files themselves, before they are laid over anything."""
        if not self.folder.is_dir():
            yield f"{self.folder} : ce dossier n'existe pas."
            return
        if not (self.folder / SETTINGS_FILE).is_file():
            yield f"{SETTINGS_FILE} manque dans le dossier {self.folder.name}."
            return
        unread = list(self._unread())
        yield from unread
        if unread:
            return
        yield from self._strangers()
        yield from self._settings_faults()
        yield from self._responses_faults()
        yield from self._small_files_faults()

    def _unread(self) -> Iterator[str]:
        for path in sorted(self.folder.rglob("*.yml")):
            name = path.relative_to(self.folder).as_posix()
            try:
                self.read(name)
            except UnicodeDecodeError:
                yield f"{name} : ce fichier n'est pas enregistré en UTF-8."
            except YAMLError as error:
                mark = getattr(error, "problem_mark", None) if isinstance(error, MarkedYAMLError) else None
                where = f", ligne {mark.line + 1}" if mark else ""
                yield f"{name}{where} : ce fichier ne peut pas être lu (YAML) : deux-points, guillemets ou retrait."

    def _strangers(self) -> Iterator[str]:
        for path in sorted(self.folder.rglob("*")):
            name = path.relative_to(self.folder).as_posix()
            if path.name.startswith(".") or path.suffix in (".md", ".txt"):
                continue
            if path.is_dir():
                if name not in _FOLDERS:
                    yield f"{name}/ : ce dossier n'est pas attendu ({' et '.join(f'{one}/' for one in _FOLDERS)})."
            elif path.parent == self.folder and name not in _FILES:
                yield f"{name} : ce fichier n'est pas attendu ici.{nearest(name, _FILES)}"
            elif path.parent.name in _FOLDERS and path.suffix != ".yml":
                yield f"{name} : le nom d'un fichier d'ici finit par .yml."

    def _settings_faults(self) -> Iterator[str]:
        told = self.read(SETTINGS_FILE)
        if not isinstance(told, Mapping):
            yield f"{SETTINGS_FILE} : des lignes « clé: valeur » sont attendues."
            return
        for key in told:
            if key not in _KEYS:
                yield f"{self.at(SETTINGS_FILE, key)} : « {key} » n'existe pas.{nearest(str(key), _KEYS)}"
        for key in VARIABLES:
            if told.get(key) is not None and (not isinstance(told[key], str) or not told[key].strip()):
                yield f"{self.at(SETTINGS_FILE, key)} : {key} : un texte entre guillemets."
        if not told.get("name"):
            yield f"{SETTINGS_FILE} : le nom de l'organisme (name) manque."
        elif len(str(told["name"])) > _LONGEST_NAME:
            yield f"{self.at(SETTINGS_FILE, 'name')} : name : {_LONGEST_NAME} caractères au plus."
        for key in ("embedded_in", "leave_out", "add_questions"):
            if told.get(key) is not None and not isinstance(told[key], list):
                yield f"{self.at(SETTINGS_FILE, key)} : {key} : une liste est attendue, une ligne « - … » par élément."
                return
        yield from self._addresses(told)
        for index, section in enumerate(told.get("leave_out") or ()):
            if section not in SECTIONS:
                place = self.at(SETTINGS_FILE, "leave_out", index)
                yield f"{place} : leave_out : « {section} » n'est pas une section ({', '.join(SECTIONS)})."
        if set(told.get("leave_out") or ()) >= {form.removesuffix("_form") for form in PLAN_FORMS}:
            yield f"{self.at(SETTINGS_FILE, 'leave_out')} : leave_out : gardez au moins une section du plan."

    def _addresses(self, told: Mapping[str, Any]) -> Iterator[str]:
        for key in ("protocol", "exit", "embedded_in"):
            name, value = {**VARIABLES, "embedded_in": "BALISE_EMBEDDED_IN"}[key], told.get(key)
            if not value:
                continue
            words = " ".join(map(str, value)) if isinstance(value, list) else str(value)
            try:
                PageSettings.from_environment({name: words})
            except OperatorError:
                yield (
                    f"{self.at(SETTINGS_FILE, key)} : {key} : une adresse qui commence par https:// est attendue"
                    f"{' (sans rien après le nom du site)' if key == 'embedded_in' else ''}."
                )

    def _responses_faults(self) -> Iterator[str]:
        seen: dict[str, str] = {}
        for name in self.names("responses"):
            content = self.read(name)
            texts = content.get("responses") if isinstance(content, Mapping) else None
            if not isinstance(texts, Mapping):
                yield f"{name} : le fichier commence par « responses: »."
                continue
            for key, variants in texts.items():
                place = f"{self.at(name, 'responses', key)} : {key}"
                if key in seen:
                    yield f"{place} : ce texte est déjà écrit dans {seen[key]}."
                seen.setdefault(key, name)
                if not isinstance(variants, list) or len(variants) != 1 or not isinstance(variants[0], Mapping):
                    yield f'{place} : sous le nom, une seule ligne « - text: "…" ».'
                    continue
                yield from _button_faults(place, variants[0].get("buttons"))

    def _small_files_faults(self) -> Iterator[str]:
        for name in ("interface.yml", "colours.yml"):
            content = self.read(name)
            if content is None:
                continue
            if not isinstance(content, Mapping) or not all(isinstance(value, str) for value in content.values()):
                yield f'{name} : des lignes « clé: "texte" » sont attendues.'
            elif name == "colours.yml":
                for key, value in content.items():
                    if not _COLOUR.fullmatch(value):
                        yield f'{self.at(name, key)} : {key} : une couleur comme "#7a1f4b" est attendue.'


def _button_faults(place: str, buttons: Any) -> Iterator[str]:
    if buttons is None:
        return
    if not isinstance(buttons, list):
        yield f"{place} : buttons : une liste de choix est attendue."
        return
    for button in buttons:
        if not isinstance(button, Mapping) or not isinstance(button.get("payload"), str):
            yield f"{place} : chaque choix a un nom interne (payload), entre guillemets s'il se lit autrement."


def nearest(name: str, known: Iterable[str]) -> str:
    """A question that offers the known name most like `name`; empty where none is."""
    near = difflib.get_close_matches(name, list(known), n=1)
    return f" Voulez-vous dire {near[0]} ?" if near else ""
