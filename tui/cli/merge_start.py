"""Starts `loket merge` without what only an office needs: that costs more than the merge of a usual workbook."""

from __future__ import annotations

import importlib.util
import sys
from argparse import Namespace
from types import ModuleType
from typing import Any


class _Door(ModuleType):
    """The package `store` whose own names are loaded when one is asked for; its modules are there at once."""

    def __getattr__(self, name: str) -> Any:
        if self.__spec__ is None or self.__spec__.loader is None or name.startswith("__"):
            raise AttributeError(name)
        self.__class__ = ModuleType  # type: ignore[assignment]  # from here on it is the package as any other
        self.__spec__.loader.exec_module(self)
        return getattr(self, name)


def merge(arguments: Namespace) -> int:
    """`tui.cli.merge.merge`, soon."""
    spec = None if "store" in sys.modules else importlib.util.find_spec("store")
    if spec is not None:
        door = importlib.util.module_from_spec(spec)
        door.__class__ = _Door
        sys.modules["store"] = door
    from tui.cli.merge import merge as run

    return run(arguments)
