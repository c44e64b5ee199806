"""What the keys of drafts begin with that are looked for without the screens that keep them."""

from __future__ import annotations

from typing import Final

COUNTER: Final = "counter:"
"""Every draft of a call or visit at the counter."""
