"""Tables of whatever a finance list comes as: workbook, delimited text, columns of spaces, PDF. Runs in the child."""

from __future__ import annotations

from collections.abc import Iterator

from store.workbooks.columns import rows_of, text_lines
from store.workbooks.headings import Vocabulary
from store.workbooks.pdf_lines import pdf_lines
from store.workbooks.safe_open import is_pdf, kind_of
from store.workbooks.tables import Table, decode, is_delimited, tables


def any_tables(data: bytes, stem: str, vocabulary: Vocabulary) -> Iterator[Table]:
    """The tables in their order; `stem` names the one table of text and of a PDF. Raises `FileRefused`."""
    if is_pdf(data):
        yield Table(stem, hidden=False, chart=False, rows=iter(rows_of(pdf_lines(data), vocabulary)))
        return
    kind = kind_of(data)
    if kind == "text" and not is_delimited(text := decode(data), vocabulary.is_known):
        yield Table(stem, hidden=False, chart=False, rows=iter(rows_of(text_lines(text), vocabulary)))
        return
    yield from tables(data, kind, stem, vocabulary.is_known)
