"""A telephone number to read while dialling: its groups far apart, its digits apart."""

from __future__ import annotations


def big(display: str) -> str:
    """'0812-3456-7890' as '0 8 1 2   3 4 5 6   7 8 9 0'; a country code and brackets stay as they are."""
    groups = display.replace("(", "").replace(")", "").replace("-", " ").split()
    return "   ".join(" ".join(group) for group in groups)
