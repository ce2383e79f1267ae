"""The whole content as one French document in Markdown, for practitioners and survivors to print and annotate.

Rendering only. What is told comes from the catalogue, the responses, the directory, data/interface/ and
data/documents/; the headings and glue words of the document itself stand in data/export/fr.yml. A text that no chapter
asks for is told in the chapter of its file, so that none can be left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from balise.content.reading import files_of
from balise.directory.filling import filled
from balise.directory.model import ANY_NEED, CANADA, OWN, PROVINCES, Doubt, Line
from balise.documents.reminder import KIND as REMINDER
from balise.documents.text import BLANK
from balise.documents.words import FOLDER as DOCUMENTS
from balise.plan.catalogue import NEED, PROVINCE, ROOT, Choice, Question, load, responses_of
from balise.plan.records import repeating
from balise.plan.typography import french
from balise.plan.ways import WAYS
from balise.yaml_files import read_yaml

WORDS = Path("data") / "export" / "fr.yml"
INTERFACE = Path("data") / "interface"
_FACTS = (
    *("number", "vanity", "text", "chat", "web", "email", "hours", "languages", "relay", "cost", "anonymous", "hears"),
)
_RARE = ("vanity", "email")
"""Facts that are left out, not told as unknown, where an entry has none."""
_HEADING = re.compile(r"# --- (.+) ---$")
_ENTRY = re.compile(r"(\w+):")

Told = Iterator[str]
"""Paragraphs of the document; an empty line stands between two of them."""


def export(root: Path = ROOT) -> str:
    """The whole content of the project in `root`, as Markdown.

    References to the directory are filled in and the typography is that of the screen. Raises as `load` does.
    """
    content = _Content(root)
    parts: tuple[Callable[[], Told], ...] = (
        content.head,
        content.welcome,
        content.sections,
        content.reviews,
        content.rest,
        content.interface,
        content.documents,
        content.directory,
    )
    document = "\n\n".join(paragraph for part in parts for paragraph in part()) + "\n"
    # Items that follow each other make one list.
    return french(re.sub(r"(?m)^(- .*)\n\n(?=- )", r"\1\n", document))


class _Content:
    """The content and what was told of it so far."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.catalogue = load(root)
        self.responses = responses_of(root)
        self.files = files_of(root)
        self.words: dict[str, str] = read_yaml(root / WORDS)
        self.told: set[str] = set()

    def say(self, key: str, **values: object) -> str:
        """A phrase of data/export/fr.yml, filled in."""
        return self.words[key].format(**values)

    # --- The chapters, in the order in which a worker meets them ---

    def head(self) -> Told:
        cards = [card.date for card in self.catalogue.cards.values()]
        lines = [line.looked_at().isoformat() for line in self.catalogue.directory.lines]
        yield f"# {self.say('title')}"
        yield self.say("about")
        yield self.say("date", date=max([*cards, *lines], default="?"))
        yield f"## {self.say('how_title')}"
        example = next(iter(self.catalogue.questions))
        told = [self.say("how_reference", example=f"`utter_ask_{example}`")]
        told += [self.say(key) for key in ("how_file", "how_filled", "how_careful")]
        yield "\n".join(f"- {line}" for line in told)

    def welcome(self) -> Told:
        yield from self._file("welcome")
        yield f"### {self.say('ways')}"
        titles = {
            str(button["payload"]).removeprefix("/"): button["title"]
            for button in self.responses["utter_ways"].get("buttons") or ()
        }
        ways = [
            self.say("way", way=titles[way], sections=" → ".join(self.catalogue.title(form) for form in forms))
            for way, forms in WAYS.items()
            if way in titles
        ]
        yield "\n".join(f"- {way}" for way in ways)

    def sections(self) -> Told:
        on_the_way = [form for forms in WAYS.values() for form in forms]
        for form in dict.fromkeys([*on_the_way, *self.catalogue.forms]):
            yield from self._section(form)

    def reviews(self) -> Told:
        names = [name for name in self.files if name.startswith(("utter_review", "utter_record_"))]
        yield from self._chapter(self.say("reviews"), names)

    def rest(self) -> Told:
        """Every text that no chapter above told, by file; the emergency last of the chapters that have a name."""
        chapters = ("cards", "summary", "lines", "commands", "emergency")
        for chapter in chapters:
            yield from self._file(chapter)
        for file in dict.fromkeys(self.files.values()):
            names = [name for name in self.files if self.files[name] == file]
            yield from self._chapter(self.say("others", file=file), names)

    def interface(self) -> Told:
        for path in sorted((self.root / INTERFACE).glob("*.yml")):
            yield f"## {self.say('interface')}"
            yield from self._words(path)

    def documents(self) -> Told:
        yield f"## {self.say('documents')}"
        for path in sorted((self.root / DOCUMENTS).glob("*.yml")):
            yield from self._reminder(path) if path.stem == REMINDER else self._words(path)

    def _words(self, path: Path) -> Told:
        """A file of `key: text`, with its headings and the remark above a text."""
        texts = filled(read_yaml(path), self.catalogue.directory, {})
        yield self.say("file", file=f"`{path.relative_to(self.root).as_posix()}`")
        note = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            heading, entry = _HEADING.match(line), _ENTRY.match(line)
            if heading:
                yield f"### {heading.group(1)}"
            elif entry:
                yield f"- {texts[entry.group(1)]} `{entry.group(1)}`{note}"
            # A comment tells about the text just under it.
            note = f" ({line.strip('# ')})" if line.startswith("# ") and not heading else ""

    def _reminder(self, path: Path) -> Told:
        """What the neutral reminder may print, and the choices that call for each line."""
        told = read_yaml(path)
        yield self.say("file", file=f"`{path.relative_to(self.root).as_posix()}`")
        yield f"- {told['title']} `title`"
        yield from (f"- {self.say('reminder_always', text=_plain(line))} `anyone`" for line in told["anyone"])
        for name, wordings in told["choices"].items():
            question = self.catalogue.questions.get(name)
            for value, text in wordings.items():
                choice = question.choice(value) if question else None
                if question and choice:
                    said = self.say("reminder_line", label=question.label, choice=choice.title, text=_plain(text))
                    yield f"- {said} `{name}`"

    def directory(self) -> Told:
        yield f"## {self.say('directory')}"
        yield self.say("directory_about")
        province = self.catalogue.questions[PROVINCE]
        places = {OWN: self.say("own"), CANADA: self.say("canada")}
        places |= {code: choice.title for code in PROVINCES if (choice := province.choice(code))}
        for code, place in places.items():
            if code == OWN and not any(OWN in line.scope for line in self.catalogue.directory.lines):
                continue
            yield f"### {place}"
            # An entry is told once, where it stands first; the other places that it serves name it.
            here = [line for line in self.catalogue.directory.lines if line.scope[0] == code]
            others = [line for line in self.catalogue.directory.lines if code in line.scope[1:]]
            for line in others:
                yield self.say("elsewhere", name=line.name, place=places[line.scope[0]])
            if not here and not others:
                yield self.say("no_line")
            for line in here:
                yield from self._line(line)

    # --- A section and its questions ---

    def _section(self, form: str) -> Told:
        title, intro = f"utter_title_{form}", f"utter_intro_{form}"
        self.told |= {title, intro}
        yield f"## {self.say('section', title=self.catalogue.title(form))} `{title}`"
        file = self.files[title]
        yield self.say("file", file=f"`{file}`")
        if intro in self.responses:
            yield from self._item(intro, file)
        for question in self.catalogue.questions_of(form):
            home = self.catalogue.form_of(question.name)
            if home == form:
                yield from self._question(question, form, file)
            else:
                told = self.say("borrowed", title=self.catalogue.title(home), text=question.text)
                yield f"- {told} `utter_ask_{question.name}`"
        record, add = f"utter_record_{form}", f"utter_review_add_{form}"
        if record in self.responses and add in self.responses:
            name = self.catalogue.texts[record].format(letter="A")
            labels = [self.catalogue.questions[name].label for name in repeating(self.catalogue, form)]
            yield self.say("records", record=name, add=self.catalogue.texts[add])
            yield self.say("record_questions", labels=" ; ".join(labels))

    def _question(self, question: Question, form: str, file: str) -> Told:
        name = f"utter_ask_{question.name}"
        yield f"### {question.text}"
        yield self._reference(name, file)
        self.told.add(name)
        rules = [self.say("several")] if question.several else []
        if question.repeats:
            record = self.catalogue.texts[f"utter_record_{form}"].format(letter="").strip()
            rules.append(self.say("repeats", record=record))
        if question.only_if:
            other = self.catalogue.questions[question.only_if[0]]
            choices = [choice for value in question.only_if[1] if (choice := other.choice(value))]
            rules.append(self.say("only_if", label=other.label, choices=_quoted(choices)))
        if rules:
            yield " ".join(rules)
        yield self.say("choices")
        yield "\n".join(f"- {self._choice(question, choice)}" for choice in question.choices)
        for added in dict.fromkeys(choice.adds for choice in question.choices if choice.adds):
            yield self.say("adds", choices=_quoted(choice for choice in question.choices if choice.adds == added))
            yield from self._item(added, file, alone=True)
        yield self.say("why", text=question.why)
        yield self.say("label", text=question.label)
        if question.blank:
            yield f"{self.say('blank', text=question.blank)} : {_blank()}"

    def _choice(self, question: Question, choice: Choice) -> str:
        notes = [self.say("exclusive")] if choice.exclusive else []
        if choice.opens:
            notes.append(self.say("opens", title=self.catalogue.title(choice.opens)))
        if choice.value == question.rest:
            notes.append(self.say("rest"))
        return choice.title + (f" ({' ; '.join(notes)})" if notes else "")

    # --- Texts that are no question ---

    def _file(self, chapter: str) -> Told:
        """What is left of one file of data/responses/, under the heading of its name."""
        names = [name for name, file in self.files.items() if Path(file).stem == chapter]
        yield from self._chapter(self.say(chapter), names)

    def _chapter(self, title: str, names: Iterable[str]) -> Told:
        left = [name for name in names if name not in self.told]
        if not left:
            return
        file = self.files[left[0]]
        yield f"## {title}"
        yield self.say("file", file=f"`{file}`")
        commands = [name for name in left if name.startswith("utter_command_")]
        for name in left:
            if name not in commands:
                yield from self._item(name, file)
        if commands:
            yield f"### {self.say('command_names')}"
            for name in commands:
                yield from self._item(name, file)

    def _item(self, name: str, file: str, alone: bool = False) -> Told:
        """One text with its bubbles, buttons and source, and where it is changed if not in `file`.

        A short one is an item of a list, unless it stands `alone`.
        """
        self.told.add(name)
        body = self.responses[name]
        text = str(body["text"])
        buttons = [str(button["title"]) for button in body.get("buttons") or ()]
        after = [self.say("buttons", buttons=" · ".join(buttons))] if buttons else []
        after += self._source(name, body)
        if "\n" not in text and not after and not alone:
            yield f"- {_plain(text)} {self._reference(name, file)}"
            return
        yield self._reference(name, file)
        yield "\n".join(f"> {line}".rstrip() for line in _plain(text).split("\n"))
        yield from after

    def _source(self, name: str, body: dict[str, Any]) -> list[str]:
        card = self.catalogue.cards.get(name)
        if card is None:
            return []
        told = [self.say("source", source=card.source), self.say("source_date", date=card.date)]
        return [" ; ".join([*told, self.say("legal")] if card.legal else told) + "."]

    def _reference(self, name: str, file: str) -> str:
        """The name of a text, and its file where it is not that of the chapter."""
        other = self.files[name]
        return f"`{name}`" if other == file else f"`{name}` (`{other}`)"

    # --- The directory ---

    def _line(self, line: Line) -> Told:
        town = f" ({line.town})" if line.town else ""
        yield f"#### {line.name}{town}"
        yield f"`{line.id}` (`{line.place.split(',')[0]}`)"
        out = [
            self.say("certainty", value=self._certainty(line.certainty)),
            self.say("serves", value=line.serves),
            self.say("needs", value=" ; ".join(self._needs(line))),
        ]
        unknown = []
        for fact in _FACTS:
            value, doubt = getattr(line, fact), line.doubt(fact)
            if value is not None or doubt:
                value = self.words.get(f"value_{value}", value) or self.say("not_known")
                out.append(self.say(fact, value=value) + (f" {self._doubt(doubt)}" if doubt else ""))
            elif fact not in _RARE:
                unknown.append(_name_of(self.words[fact]))
        out.append(self.say("nature", value=self.words[f"nature_{line.nature}"]))
        if line.instead_of:
            out.append(self.say("instead_of", value=f"`{line.instead_of}`"))
        out += [self.say("source_line", value=line.source), self.say("seen_on", value=line.seen_on.isoformat())]
        if line.verified_on:
            out.append(self.say(f"verified_on_{line.verify_by}", value=line.verified_on.isoformat()))
        else:
            out.append(self.say("verified_never"))
        if unknown:
            out.append(self.say("unknown", fields=", ".join(unknown)))
        yield "\n".join(f"- {fact}" for fact in out)

    def _doubt(self, doubt: Doubt) -> str:
        """How sure one fact is, beside it: a number from memory must not be read without it."""
        if doubt.verified_on:
            return self.say("doubt_settled", note=doubt.note, date=doubt.verified_on.isoformat())
        return self.say("doubt", note=doubt.note, certainty=self._certainty(doubt.certainty))

    def _needs(self, line: Line) -> Told:
        asked = self.catalogue.questions[NEED]
        for need in line.needs:
            choice = asked.choice(need)
            yield self.say("need_any") if need == ANY_NEED or choice is None else choice.title

    def _certainty(self, certainty: str) -> str:
        return self.words[f"certainty_{certainty.replace('/', '_')}"]


def _quoted(choices: Iterable[Choice]) -> str:
    return " ; ".join(f"« {choice.title} »" for choice in choices)


def _name_of(phrase: str) -> str:
    """The name of a fact from its phrase: « Texto : {value} » gives « texto »; « ATS » stays."""
    name = phrase.split(" :")[0]
    return name if name[:2].isupper() else name[0].lower() + name[1:]


def _plain(text: str) -> str:
    """A text with the blanks to be filled by hand kept from Markdown."""
    return re.sub(r"_{3,}", _blank(), text)


def _blank() -> str:
    return BLANK.replace("_", "\\_")
