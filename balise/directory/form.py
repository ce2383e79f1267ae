"""What to phone next: a form to tick, for whoever calls."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from balise.directory.checking import emergency_path
from balise.directory.model import CHANNELS, STALE_AFTER, Directory, Line

_CHECKS = (
    ("serves", "sert"),
    ("hours", "heures"),
    ("languages", "langues"),
    ("relay", "ATS ou relais"),
    ("cost", "coût"),
    ("anonymous", "anonymat"),
    ("hears", "ce qui est fait de ce qui est dit"),
)


def to_verify(directory: Directory, named: Collection[str], today: date, within: timedelta = timedelta()) -> list[Line]:
    """The entries to phone, the first to phone first: the emergency path, then those never verified, then the oldest.

    An entry verified by a person is due once its date is stale, or becomes so `within` that time. `named` are the ids
    of the entries that a text names itself.
    """
    urgent = {line.id for line in emergency_path(directory, named, today)}
    due = [line for line in directory.lines if line.verified_on is None or line.is_stale(today + within, STALE_AFTER)]
    return sorted(due, key=lambda line: (line.id not in urgent, line.verified_on is not None, line.looked_at()))


def as_form(lines: list[Line], today: date) -> str:
    """The form, in French, one block an entry; boxes are ticked by hand and no name is asked for."""
    if not lines:
        return "Rien à vérifier pour l'instant."
    head = (
        f"À vérifier le {today.isoformat()} : {len(lines)}. Cocher ce qui est confirmé ; corriger le reste dans le "
        "fichier.\nDire qu'on tient un annuaire pour personnes intervenantes. Ne parler d'aucune situation réelle."
    )
    return "\n\n".join([head, *(_block(line) for line in lines)]) + "\n"


def _block(line: Line) -> str:
    where = ", ".join(line.scope) + (f" ({line.town})" if line.town else "")
    last = f"vérifié le {line.verified_on}" if line.verified_on else f"jamais vérifié, source vue le {line.seen_on}"
    out = [
        f"{line.name} — {where} — certitude {line.certainty} — {last}",
        f"  {line.place}",
        f"  source : {line.source}",
    ]
    for channel in CHANNELS:
        value = getattr(line, channel)
        if value:
            doubt = line.doubt(channel)
            out.append(f"  [ ] {_CHANNEL_NAMES[channel]} : {value}" + (f"  ({doubt.note})" if doubt else ""))
    if line.number is None and line.doubt("number"):
        out.append("  [ ] téléphone : ____________________  (à trouver)")
    for name, told in _CHECKS:
        value, doubt = getattr(line, name), line.doubt(name)
        value = _IN_FRENCH.get(value, value)
        out.append(f"  [ ] {told} : {value or '____________________'}" + (f"  ({doubt.note})" if doubt else ""))
    if line.verify_by == "page":
        out.append("  Ne pas appeler ce numéro pour le vérifier : lire la page officielle.")
    out.append(f"  puis : balise directory confirm {line.id}")
    out += [
        f"         balise directory confirm {line.id} --field {doubt.field}"
        for doubt in line.doubts
        if doubt.verified_on is None and getattr(line, doubt.field)
    ]
    return "\n".join(out)


_IN_FRENCH = {
    "yes": "oui",
    "no": "non",
    "as_the_caller_wishes": "au choix de la personne",
    "free": "sans frais",
    "standard": "tarif ordinaire",
}
_CHANNEL_NAMES = {"number": "téléphone", "text": "texto", "chat": "clavardage", "web": "site"}
