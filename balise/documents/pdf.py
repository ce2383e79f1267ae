"""A document as a tagged PDF, made and encrypted in memory."""

from __future__ import annotations

import json
import re
import secrets
import unicodedata
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pikepdf

from balise.documents.data import data
from balise.documents.model import Document
from balise.documents.typesetting import typeset
from balise.documents.words import words
from balise.plan.catalogue import ROOT

FILE_NAME = "document.pdf"
"""What a file is called, whatever it holds."""
_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
"""All that the file says of itself: what PDF/UA-1 asks for (ISO 14289-1, clauses 5, 7.1 and 7.2)."""
_CODE = ("type", "kind", "language", "svg")
"""What no one reads."""
_NO_GLYPH = "▯"
"""Stands for a character, or a run of them, that no font of the programme can draw: an emoji, most often."""
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
"""Soft hyphens, joiners, marks that turn the direction of reading, variation selectors."""
_NOT_DRAWN = re.compile("[^\n -~\u00a0-\u024f\u1e00-\u1eff\u2010-\u2027\u2030-\u2040\u20a0-\u20bf\u2190-\u2193▯]+")
"""All but Latin letters, the punctuation of French, currencies and arrows: typst's fonts hold these whole. It stops at
some others, and its complaint would quote them."""


def pdf(document: Document, passphrase: str | None = None, root: Path = ROOT) -> bytes:
    """A document as a PDF file; with `passphrase`, encrypted (AES-256, revision 6: ISO 32000-2, 7.6).

    Nothing is written anywhere. The file says its neutral title and its language, no time, no author, no programme.
    Raises ValueError on an empty passphrase, TypesettingError.
    """
    if passphrase == "":
        raise ValueError("an empty passphrase protects nothing")
    title = words("common", root)["file_title"]
    made = typeset({"title": title, "document": json.dumps(_printable(data(document)))})
    return _finished(made, title, document.language, passphrase)


def _printable(told: Any) -> Any:
    """The words of a document as typst can draw them."""
    if isinstance(told, dict):
        return {key: part if key in _CODE else _printable(part) for key, part in told.items()}
    if isinstance(told, list):
        return [_printable(part) for part in told]
    if not isinstance(told, str):
        return told
    lines = "\n".join(_INVISIBLE.sub("", told).splitlines()).replace("\t", " ")
    return _NOT_DRAWN.sub(_NO_GLYPH, unicodedata.normalize("NFC", lines))


def _finished(made: bytes, title: str, language: str, passphrase: str | None) -> bytes:
    """The file without what tells who made it, when, and from what; encrypted where a passphrase is given."""
    encryption: pikepdf.Encryption | bool = False
    if passphrase is not None:
        # The owner's password only lifts permissions, and all that matter are open: nobody needs it.
        encryption = pikepdf.Encryption(owner=secrets.token_urlsafe(32), user=passphrase, R=6, aes=True, metadata=True)
    out = BytesIO()
    with pikepdf.open(BytesIO(made)) as file:
        metadata = _METADATA.format(title=escape(title), language=escape(language)).encode()
        file.Root.Metadata = pikepdf.Stream(file, metadata, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        for key in file.docinfo.keys() - {"/Title"}:
            del file.docinfo[key]
        # The identifier is a digest of the content, which would confirm a guess; a fresh one would be a digest of the
        # time. A constant says nothing, and revision 6 makes no key of it.
        del file.trailer.ID
        packed = pikepdf.ObjectStreamMode.generate
        file.save(out, encryption=encryption, static_id=True, object_stream_mode=packed)
    return out.getvalue()
