"""Asking for the PIN, and having one chosen, in the prompt line of any screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import events

from store.errors import Invalid
from store.pins import PinAnswer
from store.rules.pins import CODE_DIGITS, LONGEST, weakness
from tui.i18n import _
from tui.kept import Unkept
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.words import pins as words

if TYPE_CHECKING:
    from tui.screens.base import DeskScreen

Act = Callable[[], Awaitable[object]]
Chosen = Callable[[str], Awaitable[None]]


class SecretLine(PromptLine):
    """A line that shows how much is typed, not what."""

    secret = True

    def __init__(self, label: str, hint: str) -> None:
        super().__init__(label, "", hint, max(LONGEST, CODE_DIGITS))

    def pieces(self, width: int) -> list[Piece]:
        shown = PromptLine(self.label, "•" * len(self.text), self.hint, self.most)
        shown.caret = self.caret
        return shown.pieces(width)


async def first(screen: DeskScreen, act: Act) -> None:
    """Does it where the PIN was given just now; else after it was given, or chosen by who has none."""
    state = await screen.store.pins.mine()
    if not state.needed:
        await act()
        return
    asked = events.Event().time

    async def unless_changed() -> None:
        if screen.slipped_since(asked):
            screen.say(_("This changed while you typed; nothing was done. Look, press again."), "warn")
        else:
            await act()

    if state.known:
        ask(screen, unless_changed)
    else:
        await choose(screen, unless_changed)
        screen.say(_("This asks for your PIN, and you have none yet: choose one."), "warn")


def ask(screen: DeskScreen, act: Act) -> None:
    """The PIN, then the act. A code of the administrator leads to a PIN first."""

    async def entered(text: str) -> None:
        answer = await screen.store.pins.give(text)
        if answer.right and answer.code:
            await choose(screen, act, text)
        elif answer.right:
            await act()
        else:
            _refused(screen, answer, lambda: ask(screen, act))

    screen.open_prompt(
        SecretLine(_("Your PIN"), _("This asks for it again · enter · esc goes back")), entered, keep=Unkept.SECRET
    )


async def choose(screen: DeskScreen, act: Act, before: str = "") -> None:
    """A new PIN, typed twice, in place of the one or the code `before`; then the act."""

    async def once(pin: str) -> None:
        if (why := weakness(pin)) is not None:
            await choose(screen, act, before)
            screen.say(words.weak(why), "warn")
            return

        async def twice(again: str) -> None:
            if again != pin:
                await choose(screen, act, before)
                screen.say(words.weak("twice"), "warn")
            else:
                await _take(pin)

        _new(screen, _("The same again"), _("so that no slip stays · enter takes it · esc goes back"), twice)

    async def _take(pin: str) -> None:
        try:
            answer = await screen.store.pins.choose(pin, before)
        except Invalid as refused:
            await choose(screen, act, before)
            screen.say(words.weak(refused.problem), "warn")
            return
        if answer.right:
            screen.loket.office = await screen.store.office.now()
            screen.say(_("Your PIN is changed."), "good")
            await act()
        else:
            screen.say(words.refused(answer, screen.loket.now()), "warn")

    _new(screen, _("New PIN"), _("6 to 12 digits, none that is easily guessed · enter · esc goes back"), once)


def _new(screen: DeskScreen, label: str, hint: str, entered: Chosen) -> None:
    screen.open_prompt(SecretLine(label, hint), entered, escape=screen.pin_left, keep=Unkept.SECRET)


def _refused(screen: DeskScreen, answer: PinAnswer, again: Callable[[], None]) -> None:
    if answer.try_at is None and not answer.over:
        again()
    screen.say(words.refused(answer, screen.loket.now()), "warn")


async def change(screen: DeskScreen) -> None:
    """The command: the PIN until now where there is one, then the new one."""
    if not (await screen.store.pins.mine()).known:
        await choose(screen, _nothing)
        return

    async def entered(text: str) -> None:
        answer = await screen.store.pins.give(text)
        if answer.right:
            await choose(screen, _nothing, text)
        else:
            _refused(screen, answer, before)

    def before() -> None:
        hint = _("or the code that the administrator gave you · enter · esc goes back")
        screen.open_prompt(SecretLine(_("PIN until now"), hint), entered, keep=Unkept.SECRET)

    before()


async def _nothing() -> None:
    """A PIN was chosen for its own sake."""
