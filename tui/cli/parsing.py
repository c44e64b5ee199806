"""What every command of the tree is made with."""

from __future__ import annotations

import argparse
import gc
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tui.i18n import LANGUAGES, _


def later(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """The function of a command, imported when it is run: help and wrong usage cost nothing."""

    def run(arguments: argparse.Namespace) -> int:
        command = getattr(importlib.import_module(f"tui.cli.{module}"), name)
        gc.enable()
        return int(command(arguments))

    return run


def command(commands: Any, name: str, text: str, module: str, function: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run=later(module, function))
    # Repeated behind the command, where most people write it; a default here would overwrite the one given before.
    parser.add_argument("--home", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    parser.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return parser


def group(commands: Any, name: str, text: str) -> Any:
    parser = commands.add_parser(name, help=text, description=text)
    return parser.add_subparsers(required=True, metavar=_("COMMAND"))


def as_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("one JSON document on stdout"))


def mapping(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="HEADER=FIELD",
        help=_("what a heading stands for; empty: nothing"),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("say what would happen, change nothing"))
