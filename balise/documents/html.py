"""A document of titles and paragraphs as a page of its own, for whoever opens its address: no script."""

from __future__ import annotations

from html import escape

from balise.documents.model import Document, Heading, Paragraph
from balise.plan.typography import french

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Document</title>
<link rel="stylesheet" href="guide.css">
</head>
<body>
<main>
<article class="screen document">
{body}
</article>
</main>
</body>
</html>
"""


def html(document: Document) -> str:
    """The page, in French typography. Raises TypeError for a block that is neither a title nor a paragraph."""
    return _PAGE.format(language=document.language, body="\n".join(_element(block) for block in document.blocks))


def _element(block: object) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{escape(french(block.text))}</h{block.level}>"
    if isinstance(block, Paragraph):
        return f"<p>{escape(french(block.text))}</p>"
    raise TypeError(type(block).__name__)
