"""Takes Smile's PDF apart inside the child process (`printing.smile`)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

MODULE: Final = "printing.smile_child"


def run(data: bytes, _settings: Mapping[str, Any], emit: Callable[[bytes], Any]) -> dict[str, Any]:
    """The first line says what to do, the PDF follows. `split`: the pages as they are found. `pick`: writes a PDF for
    each job, and says their sizes.

    Raises FileRefused.
    """
    from printing.documents.smile import pick, split
    from printing.smile_sheets import SmileRefused, SmileWanted
    from store.errors import FileRefused
    from store.workbooks.limits import foreign_code

    first, _mark, pdf = data.partition(b"\n")
    settings = json.loads(first)
    try:
        with foreign_code():
            if settings["task"] == "pick":
                sizes = []
                for job in settings["jobs"]:
                    made = pick(pdf, [page for page, _mark in job], [mark for _page, mark in job])
                    emit(made)
                    sizes.append(len(made))
                return {"sizes": sizes}
            found = split(pdf, [SmileWanted(**each) for each in settings["wanted"]])
    except SmileRefused as refused:
        raise FileRefused("", refused.why if refused.why == "empty" else f"pdf-{refused.why}") from None
    plain = {name: [(page.page, page.state, page.key) for page in getattr(found, name)] for name in ("pages", "chosen")}
    return {**plain, "missing": list(found.missing)}
