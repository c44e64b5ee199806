"""What a finished PDF says of itself."""

from __future__ import annotations

from io import BytesIO


def page_count(pdf: bytes) -> int:
    """How many pages a PDF of ours has. Raises pypdf's PyPdfError for bytes that are none."""
    from pypdf import PdfReader

    return len(PdfReader(BytesIO(pdf)).pages)
