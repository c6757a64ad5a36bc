"""Papers as bytes: blocks to PDF through typst, to Word through python-docx. The same data give the same bytes."""

import dataclasses
from datetime import date

from makegood.documents.papers import agreed, compose, redline, wordfile
from makegood.documents.papers.blocks import Paper
from makegood.documents.written import typesetting


def pdf(doc: agreed.OrderDocument, *, attached: dict[str, bytes] | None = None) -> bytes:
    """The paper as PDF/A; `attached` files (A-3b then) by name. Raises FiguresDisagree where `doc` does not add up."""
    agreed.check(doc)
    return _pdf(compose.compose(doc), doc.dated, attached)


def word(doc: agreed.OrderDocument) -> bytes:
    """The same paper as .docx, for a client to edit with changes tracked. Raises as `pdf`."""
    agreed.check(doc)
    return wordfile.written(compose.compose(doc), doc.dated)


def redline_pdf(doc: redline.Redline) -> bytes:
    """The changes between two revisions as PDF/A."""
    return _pdf(redline.compose(doc), doc.dated, None)


def _pdf(paper: Paper, dated: date, attached: dict[str, bytes] | None) -> bytes:
    data = dataclasses.asdict(paper) | {"blocks": [{"kind": type(one).__name__, **dataclasses.asdict(one)} for one in paper.blocks]}
    return typesetting.pdf("paper.typ", data, dated, attached=attached)
