"""Outcomes of a call by key, and the questions some of them ask: the same on the card and on a list typed back."""

from __future__ import annotations

from datetime import datetime

from store.drafts import of_person
from store.rules.callbacks import CallbackTimeError
from store.rules.outcomes import Outcome
from tui.commands import Command, holding
from tui.i18n import WIB, _, day_words, hour
from tui.kept import open_kept
from tui.screens.revealing import RevealDesk
from tui.widgets.prompt import PromptLine
from tui.words import errors


class OutcomeDesk(RevealDesk):
    """Asks what an outcome needs (when, which way, why, which other); `outcome` is the desk's."""

    async def outcome(self, outcome: Outcome, *, detail: str = "", at: datetime | None = None) -> None:
        """Save one outcome and show who is next."""
        raise NotImplementedError

    def called(self) -> str:
        """The end of the key of a draft about the person whose call it is."""
        who = self.reveal_of()
        return "" if who is None else of_person(who[0])

    async def do(self, command: Command) -> None:
        """Families: 'channel-jmo', 'reason-no_need', 'other-refused', 'when-3', and outcomes by name."""
        family, _mark, value = command.id.partition("-")
        if family == "channel":
            await self.outcome(Outcome.WILL_CLAIM, detail=value)
        elif family == "reason":
            await self.outcome(Outcome.NOT_YET, detail=value)
        elif family == "refusal":
            await self.outcome(Outcome.REFUSED, detail=value)
        elif family == "other":
            await self.outcome(Outcome(value))
        elif family == "when":
            presets = await self.store.queue.callback_presets()
            await self.outcome(Outcome.CALLBACK, at=presets[value])
        elif command.id in set(Outcome):
            await self.outcome(Outcome(command.id))
        else:
            await super().do(command)

    async def do_callback(self) -> None:
        presets = await self.store.queue.callback_presets()
        now = self.loket.now()
        today = now.astimezone(WIB).date()
        choices = []
        for command in holding(("pick-callback",)):
            key = command.keys[0]
            if key in presets:
                local = presets[key].astimezone(WIB).date()
                choices.append((key, f"{day_words(local, today)} {hour(presets[key])}"))
            else:
                choices.append((key, _(command.label)))
        self.ask("pick-callback", _("Call back"), choices)

    async def do_when_typed(self) -> None:
        await self._ask_time()

    async def _ask_time(self) -> None:
        async def save(typed: str) -> None:
            try:
                at = await self.store.queue.parse_callback(typed)
            except CallbackTimeError as wrong:
                await self._ask_time()
                self.say(errors.callback(wrong, self.loket.now()), "warn")
                return
            await self.outcome(Outcome.CALLBACK, at=at)

        hint = _("14 · 14.30 · besok 9 · senin 10 · 25/11 10 · enter saves · esc goes back")
        await open_kept(self, f"callback{self.called()}", PromptLine(_("Call back at"), "", hint, 40), save)

    async def do_will_claim(self) -> None:
        self._pick("pick-channel", _("Will claim through"))

    async def do_not_yet(self) -> None:
        self._pick("pick-reason", _("Not yet, because"))

    async def do_other_refused(self) -> None:
        self._pick("pick-refusal", _("Refuses, because"))

    async def do_other(self) -> None:
        self._pick("pick-other", _("Other"))

    def _pick(self, context: str, title: str) -> None:
        self.ask(context, title, [(c.keys[0], _(c.label)) for c in holding((context,))])
