"""The PDF as others open it: poppler and pikepdf. What is written, what is not, and what nobody reads without a key."""

from __future__ import annotations

import io
import re
import resource
import subprocess
import sys
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balise.documents.calls import calls
from balise.documents.data import data
from balise.documents.model import Document, Heading, Paragraph, Table
from balise.documents.note import ResumeCode, note
from balise.documents.pdf import pdf
from balise.documents.reminder import reminder
from balise.documents.typesetting import TypesettingError, typeset
from balise.plan.catalogue import PROJECT, Catalogue
from tests.documents.conftest import Poppler
from tests.documents.plans import full

BUILDERS = (note, reminder, calls)
PASSPHRASE = "pomme lune tasse sable fil"
PAGE = 612.0
SIDE = 2.2 / 2.54 * 72
SPACE = 3.0
"""US Letter, its margins, and a space between words, in points."""
QR = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><rect width="1" height="1"/></svg>'


@pytest.fixture(scope="module")
def papers(catalogue: Catalogue) -> dict[str, tuple[Document, bytes]]:
    documents = [build(catalogue, full(catalogue)) for build in BUILDERS]
    return {document.kind: (document, pdf(document)) for document in documents}


def run_together(text: str) -> str:
    """Words without what a line's end, a hyphen or a drawn line makes of the space between them."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


def texts(value: Any) -> list[str]:
    """The strings of a document's data in their order: of a table, row by row."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for part in value for text in texts(part)]
    if isinstance(value, dict):
        order = ("label", "text", "question", "choices", "columns", "rows", "blank")
        return [text for key in order if key in value for text in texts(value[key])]
    return []


@pytest.mark.parametrize("kind", ["note", "reminder", "calls"])
def test_the_text_is_read_in_the_order_of_the_screen(
    papers: dict[str, tuple[Document, bytes]], poppler: Poppler, kind: str
) -> None:
    document, file = papers[kind]
    told = data(document)
    read = poppler("pdfinfo", file, "-struct-text")
    spoken = run_together("".join(re.findall(r'"(.*)"$', read, re.M)))
    at = 0
    for block in told["blocks"]:
        for text in texts(block):
            found = spoken.find(run_together(text), at)
            assert found >= 0, text
            at = found
    shown = run_together(poppler("pdftotext", file))
    assert all(run_together(block["text"]) in shown for block in told["blocks"] if block["type"] == "heading")


def test_accents_and_signs_come_out_as_they_went_in(poppler: Poppler) -> None:
    signs = "œ Œ ç Ç É è ê ë î ï ô ù û ü ÿ æ — – ’ « » … € ½ ° ‰ §"
    read = poppler("pdftotext", pdf(Document("note", (Heading("Titre", 1), Paragraph(signs)))))
    assert run_together(signs) in run_together(read)


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
@pytest.mark.parametrize("kind", ["note", "reminder", "calls"])
def test_the_file_says_its_language_and_a_neutral_title_and_nothing_else(
    papers: dict[str, tuple[Document, bytes]], poppler: Poppler, kind: str, passphrase: str | None
) -> None:
    file = pdf(papers[kind][0], passphrase)
    with pikepdf.open(io.BytesIO(file), password=passphrase or "") as opened:
        assert dict(opened.docinfo) == {"/Title": "Document"}
        assert opened.Root.Lang == "fr-CA"
        assert opened.Root.MarkInfo.Marked
        # Not as a context, which would write the name of this reader.
        metadata = opened.open_metadata()
        assert {name.rpartition("}")[2] for name in metadata} == {"title", "language", "part"}
        assert (metadata["dc:title"], metadata["pdfuaid:part"]) == ("Document", "1")
        whole = b"".join(item.read_bytes() for item in opened.objects if isinstance(item, pikepdf.Stream))
    told = poppler("pdfinfo", file, *(["-upw", passphrase] if passphrase else []))
    assert not re.search(r"Date|Author|Creator|Producer|Subject|Keywords", told)
    assert "Tagged:          yes" in told
    for trace in (b"ypst", b"ikepdf", b"qpdf", b"/home", b"/tmp", str(PROJECT).encode(), b"alise"):
        assert trace not in whole
        assert trace not in file


def test_two_files_of_one_document_are_the_same_and_no_identifier_tells_the_content(catalogue: Catalogue) -> None:
    first, again = (pdf(note(catalogue, full(catalogue))) for _ in range(2))
    assert first == again
    identifiers = set()
    for file in (first, pdf(note(catalogue, {})), pdf(note(catalogue, {}), PASSPHRASE)):
        with pikepdf.open(io.BytesIO(file), password=PASSPHRASE) as opened:
            identifiers.update(bytes(part) for part in opened.trailer.ID)
    assert len(identifiers) == 1


def test_without_the_passphrase_nothing_is_read(papers: dict[str, tuple[Document, bytes]], poppler: Poppler) -> None:
    document, plain = papers["note"]
    file = pdf(document, PASSPHRASE)
    for guess in ([], ["-upw", "pomme lune tasse sable fin"], ["-opw", PASSPHRASE]):
        with pytest.raises(subprocess.CalledProcessError):
            poppler("pdftotext", file, *guess)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(file))
    assert poppler("pdftotext", file, "-upw", PASSPHRASE) == poppler("pdftotext", plain)


def test_the_encryption_is_aes_256_revision_6_and_keeps_tags_for_a_screen_reader(
    papers: dict[str, tuple[Document, bytes]], poppler: Poppler
) -> None:
    document, plain = papers["calls"]
    file = pdf(document, PASSPHRASE)
    with pikepdf.open(io.BytesIO(file), password=PASSPHRASE) as opened:
        how = opened.encryption
        assert (how.R, how.V, how.bits) == (6, 5, 256)
        assert how.stream_method == how.string_method == how.file_method == pikepdf.models.EncryptionMethod.aesv3
        assert opened.allow.accessibility
        assert opened.allow.extract
        assert opened.Root.Lang == "fr-CA"
    tags = poppler("pdfinfo", file, "-struct", "-upw", PASSPHRASE)
    assert tags == poppler("pdfinfo", plain, "-struct")
    assert {"H1", "H2", "P", "Table", "TH", "TD"} <= set(re.findall(r"^ *(\w+)", tags, re.M))


def test_an_empty_passphrase_is_refused() -> None:
    with pytest.raises(ValueError, match="passphrase"):
        pdf(Document("note", (Heading("Titre", 1),)), "")


def test_only_embedded_fonts_and_one_size_of_paper(papers: dict[str, tuple[Document, bytes]], poppler: Poppler) -> None:
    for _, file in papers.values():
        fonts = poppler("pdffonts", file).splitlines()[2:]
        assert fonts
        assert all(re.match(r"[A-Z]{6}\+(LibertinusSerif|DejaVuSansMono)", line) for line in fonts)
        assert all(line.split()[-5] == "yes" for line in fonts)
        assert "612 x 792 pts (letter)" in poppler("pdfinfo", file)


def test_every_page_says_its_number_but_the_reminder_says_nothing(
    papers: dict[str, tuple[Document, bytes]], poppler: Poppler
) -> None:
    for kind in ("note", "calls"):
        document, file = papers[kind]
        pages = poppler("pdftotext", file, "-layout").split("\f")[:-1]
        for number, page in enumerate(pages, 1):
            assert f"Page {number} de {len(pages)}" in page
            assert run_together(document.footer or "-") in run_together(page)
    listed = poppler("pdftotext", papers["reminder"][1]).split("\n")
    said = {block["text"] for block in data(papers["reminder"][0])["blocks"] if "text" in block}
    left = {line.strip(" ☐\f\u00a0:") for line in listed} - {""}
    assert left == said


HOSTILE = (
    '<img src=file:///etc/passwd> #read("/etc/passwd") $x^2$ *gras* _i_ @ref <label> `code` \\u{41} // # = [x] '
    '"); #panic() #sys.inputs {{page}} %PDF /* "'
)


def test_hostile_text_comes_out_as_text(catalogue: Catalogue, poppler: Poppler) -> None:
    slots = full(catalogue, note=HOSTILE)
    for build in (note, calls):
        read = poppler("pdftotext", pdf(build(catalogue, slots)))
        assert run_together(HOSTILE) in run_together(read)
        assert "root:" not in read


def test_marks_that_turn_the_text_are_dropped_and_what_no_font_draws_has_a_sign(poppler: Poppler) -> None:
    words = (
        "avant \u202eretourné\u202c \u2066isolé\u2069 😀👩🏽\u200d🚒 中文 e\u0301té \u00adfin\u0007 1\tdeux\r\ntrois"
    )
    file = pdf(Document("note", (Heading("Titre", 1), Paragraph(words))))
    assert "avant retourné isolé ▯ ▯ été fin▯ 1 deux\ntrois" in poppler("pdftotext", file)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet=st.characters(), max_size=400))
def test_whatever_is_typed_can_be_printed(words: str) -> None:
    rows = (("Étiquette", (words, words)),)
    assert pdf(Document("note", (Heading("Titre", 1), Paragraph(words), Table(("A", "B"), rows)))).startswith(b"%PDF")


def boxes(poppler: Poppler, file: bytes) -> list[tuple[float, float]]:
    """The left and right ends of every word of a file, in points."""
    found = re.findall(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"', poppler("pdftotext", file, "-bbox"))
    return [(float(left), float(right)) for left, right in found]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("W" * 2_000, id="one letter"),
        pytest.param("anticonstitutionnellement" * 40, id="one word"),
        pytest.param("mot " * 2_500, id="many words"),
        pytest.param("«\u00a0" * 200, id="no place to break"),
    ],
)
def test_nothing_runs_over_the_edge(catalogue: Catalogue, poppler: Poppler, words: str) -> None:
    record = {"provider_willing": {"choices": ["no"], "note": words}}
    slots = {**record, "risks_control": {"note": words}, "records_provider_form": [record] * 5}
    for build in (note, calls):
        ends = boxes(poppler, pdf(build(catalogue, slots)))
        # A space at the end of a line may hang over, and shows nothing.
        assert min(left for left, _ in ends) >= SIDE - SPACE
        assert max(right for _, right in ends) <= PAGE - SIDE + SPACE


def test_a_picture_is_drawn_with_words_for_those_who_do_not_see_it(catalogue: Catalogue, poppler: Poppler) -> None:
    file = pdf(note(catalogue, {}, ResumeCode("pomme lune", QR)), PASSPHRASE)
    tags = poppler("pdfinfo", file, "-struct", "-upw", PASSPHRASE)
    assert "Figure" in tags
    with pikepdf.open(io.BytesIO(file), password=PASSPHRASE) as opened:
        described = [item.Alt for item in opened.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
    assert [str(one) for one in described] == ["Code à lire avec un appareil pour reprendre ce plan"]


def test_no_file_is_written_while_a_document_is_made() -> None:
    """In a process that may not write one byte to any file, and whose children may not either."""
    made = (
        "import sys; from balise.plan.catalogue import load; from balise.documents.note import note;"
        "from balise.documents.pdf import pdf; sys.stdout.buffer.write(pdf(note(load(), {}), 'pomme lune'))"
    )

    def no_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    done = subprocess.run([sys.executable, "-c", made], cwd=PROJECT, capture_output=True, preexec_fn=no_files)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"%PDF")


def test_a_failure_tells_nothing_of_the_document(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(TypesettingError) as failure:
        typeset({"title": "Document", "document": '{"language": "fr-CA", "pages": "secret", "blocks": "secret"}'})
    assert "secret" not in str(failure.value)
    assert failure.value.__cause__ is None
    assert capfd.readouterr() == ("", "")
