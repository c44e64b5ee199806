"""Settings of the calls: what follows each outcome, the callback keys, the JMO limit by date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

from textual.widget import Widget

from store.rules.callbacks import callback_presets
from store.rules.money import format_rupiah
from store.rules.outcomes import DEFAULT_POLICIES, NumberEffect, Outcome, Policy, State
from store.rules.policy_edits import with_delay, with_rotation, with_spent, with_state, with_tries
from store.rules.presets import FIELDS, USUAL, PresetError, Presets
from store.rules.typed_hours import read_amount, read_clock, read_day
from store.value_class import value_class
from tui.commands import Command, holding
from tui.i18n import WIB, _, moment
from tui.screens.settings import SettingsDesk
from tui.widgets.ink import Piece, wrap
from tui.widgets.window_table import Column, WindowTable
from tui.words import calls, settings


@value_class
class PolicyLine:
    """An outcome and what follows it."""

    outcome: Outcome
    policy: Policy

    @property
    def own(self) -> bool:
        return self.policy != DEFAULT_POLICIES[self.outcome]


class PoliciesScreen(SettingsDesk):
    """The outcome table: a letter chooses what to change."""

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[PolicyLine](
            (
                Column("", lambda line: ("*", "key") if line.own else "", width=1),
                Column(_("Outcome"), lambda line: calls.word(calls.OUTCOMES, line.outcome)),
                Column(_("Then (l)"), lambda line: _(settings.AFTER[line.policy.state]), width=14),
                Column(_("Delay (d)"), lambda line: settings.when(line.policy), width=14),
                Column(_("Hrs (p)"), _rotates, width=7),
                Column(_("Max (t)"), _tries, width=7, right=True),
                Column(_("Used up (h)"), _spent, width=15, hide_below=100),
            ),
            key=lambda line: line.outcome,
            id="policies",
        )
        return (self.list,)

    def context(self) -> str:
        return "policies"

    def place(self) -> tuple[str, str]:
        return _("Settings"), _("What follows each outcome")

    @property
    def line(self) -> PolicyLine | None:
        return cast("PolicyLine | None", self.list.current)

    def is_own(self) -> bool:
        return self.line is not None and self.line.own

    def idle_lines(self) -> list[list[Piece]]:
        line = self.line
        if line is None:
            return []
        name = calls.word(calls.OUTCOMES, line.outcome)
        room = self.size.width - 2
        told = wrap(f"{name}: {settings.policy_words(line.policy)}", room, 2)
        pieces: list[list[Piece]] = [[(row, "normal")] for row in told]
        if line.own:
            before = settings.policy_words(DEFAULT_POLICIES[line.outcome])
            pieces.append(
                [("* ", "key"), (_("the office's own; b brings back: {before}").format(before=before), "muted")]
            )
        else:
            pieces.append([(_("As Loket starts. People who wait already keep their time."), "muted")])
        return pieces[:2]

    async def read(self) -> None:
        table = await self.store.settings.policies()
        await self.fill([PolicyLine(outcome, policy) for outcome, policy in table.items()])

    async def _save(self, line: PolicyLine, policy: Policy | None) -> None:
        await self.store.settings.set_policy(line.outcome, policy)
        after = DEFAULT_POLICIES[line.outcome] if policy is None else policy
        name = calls.word(calls.OUTCOMES, line.outcome)
        await self.changed(f"{name}: {settings.policy_words(after)}")

    async def do_policy_tries(self) -> None:
        line = self.line
        if line is None:
            return
        if line.policy.number_effect is not NumberEffect.SPENT:
            with_tries(line.outcome, line.policy, "1")

        async def save(text: str) -> None:
            await self._save(line, with_tries(line.outcome, line.policy, text))

        label = _("Tries on one number: {outcome}").format(outcome=calls.word(calls.OUTCOMES, line.outcome))
        await self.type_in(
            f"tries {line.outcome}",
            label,
            "",
            _("now {n} · 1 to 50 · enter saves · esc goes back").format(n=_tries(line)),
            save,
        )

    async def do_policy_delay(self) -> None:
        line = self.line
        if line is None:
            return
        if line.policy.state is State.CALLBACK:
            with_delay(line.outcome, line.policy, "1")

        async def save(text: str) -> None:
            await self._save(line, with_delay(line.outcome, line.policy, text))

        label = _("Delay: {outcome}").format(outcome=calls.word(calls.OUTCOMES, line.outcome))
        now = settings.delay_typed(line.policy.delay) or "0"
        hint = _("now {now} · a number, then m minutes, k working days, h days, b months · 0 now")
        await self.type_in(f"delay {line.outcome}", label, "", hint.format(now=now), save)

    async def do_policy_part(self) -> None:
        line = self.line
        if line is not None:
            await self._save(line, with_rotation(line.outcome, line.policy))

    async def do_policy_spent(self) -> None:
        line = self.line
        if line is not None:
            await self._save(line, with_spent(line.outcome, line.policy))

    async def do_policy_after(self) -> None:
        line = self.line
        if line is not None:
            title = calls.word(calls.OUTCOMES, line.outcome)
            self.ask("policy-after", title, [(c.keys[0], _(c.label)) for c in holding(("policy-after",))])

    async def do(self, command: Command) -> None:
        """The family of states: 'after-retry' and so on."""
        line = self.line
        if line is not None:
            state = State(command.id.removeprefix("after-"))
            await self._save(line, with_state(line.outcome, line.policy, state))

    async def do_policies_default(self) -> None:
        line = self.line
        if line is not None:
            await self._save(line, None)


def _rotates(line: PolicyLine) -> str:
    return _("others") if line.policy.rotates_part else "–"


def _tries(line: PolicyLine) -> str:
    return str(line.policy.most_tries) if line.policy.most_tries else "–"


def _spent(line: PolicyLine) -> str:
    return _(settings.AFTER[line.policy.when_spent]) if line.policy.when_spent is not None else "–"


@value_class
class PresetLine:
    """A key of the card after 5, and what it promises."""

    key: str
    now: str
    own: bool
    would_be: str


class PresetsScreen(SettingsDesk):
    """The five keys of a promised call."""

    presets: Presets = USUAL

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[PresetLine](
            (
                Column("", lambda line: ("*", "key") if line.own else "", width=1),
                Column(_("Key"), lambda line: (line.key, "key"), width=6),
                Column(_("Means"), lambda line: _(settings.PRESETS[line.key])),
                Column(_("Hour"), lambda line: line.now, width=12),
                Column(_("Pressed now"), lambda line: line.would_be, width=28),
            ),
            key=lambda line: line.key,
            id="presets",
        )
        return (self.list,)

    def context(self) -> str:
        return "presets"

    def place(self) -> tuple[str, str]:
        return _("Settings"), _("Callback keys 1 to 5")

    def is_own(self) -> bool:
        line = cast("PresetLine | None", self.list.current)
        return line is not None and line.own

    def idle_lines(self) -> list[list[Piece]]:
        return [
            [(_("What 5 and a digit promise; when it is closed then, the next opening."), "normal")],
            [(_("The keys keep their meaning; their hours are yours."), "muted")],
        ]

    async def read(self) -> None:
        self.presets = await self.store.settings.presets()
        now = self.loket.now()
        real = callback_presets(now, await self.store.settings.calendar(), self.presets)
        await self.fill(
            [
                PresetLine(
                    key,
                    settings.preset(self.presets, key),
                    getattr(self.presets, name) != getattr(USUAL, name),
                    moment(real[key], now),
                )
                for key, name in FIELDS.items()
            ]
        )

    async def do_preset_edit(self) -> None:
        line = cast("PresetLine | None", self.list.current)
        if line is None:
            return

        async def save(text: str) -> None:
            await self._save(line.key, _preset_read(line.key, text))

        label = f"{line.key} {_(settings.PRESETS[line.key])}"
        hint = _("minutes, 15 to 480") if line.key == "1" else _("an hour as 9.30, inside the office hours")
        await self.type_in(
            f"preset {line.key}", label, "", _("now {now} · {hint} · enter saves").format(now=line.now, hint=hint), save
        )

    async def _save(self, key: str, value: object) -> None:
        changed = replace(self.presets, **{FIELDS[key]: value})  # type: ignore[arg-type]  # each key has its type
        await self.store.settings.set_presets(changed, key)
        await self.changed(f"{key} {_(settings.PRESETS[key])}: {settings.preset(changed, key)}")

    async def do_presets_default(self) -> None:
        line = cast("PresetLine | None", self.list.current)
        if line is not None:
            await self._save(line.key, getattr(USUAL, FIELDS[line.key]))


def _preset_read(key: str, text: str) -> object:
    if key != "1":
        return read_clock(text)
    typed = text.strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 5):
        raise PresetError("span-out-of-range", "1")
    return timedelta(minutes=int(typed))


@value_class
class LimitLine:
    """From which day the app JMO pays up to which balance (whole rupiah)."""

    day: date
    limit: int
    holds: bool


class LimitsScreen(SettingsDesk):
    """The JMO limit by date."""

    own = False

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[LimitLine](
            (
                Column(_("From"), lambda line: settings.from_day(line.day), width=24),
                Column(_("JMO pays up to"), lambda line: format_rupiah(line.limit), width=20, right=True),
                Column("", lambda line: (_("holds today"), "good") if line.holds else ""),
            ),
            key=lambda line: line.day,
            id="limits",
        )
        return (self.list,)

    def context(self) -> str:
        return "limits"

    def place(self) -> tuple[str, str]:
        return _("Settings"), _("JMO limit")

    def is_own(self) -> bool:
        return self.own

    def idle_lines(self) -> list[list[Piece]]:
        return [
            [(_("Up to the limit: JMO app. Above it: Lapak Asik or the office."), "normal")],
            [(_("The card advises by the limit of the day of the call."), "muted")],
        ]

    async def read(self) -> None:
        limits = await self.store.settings.jmo_limits()
        self.own = limits != await self.store.settings.usual_jmo_limits()
        today = self.loket.now().astimezone(WIB).date()
        held = max((day for day, _limit in limits if day <= today), default=None)
        await self.fill([LimitLine(day, limit, day == held) for day, limit in limits])

    async def do_limit_add(self) -> None:
        year = self.loket.now().astimezone(WIB).year

        async def save(text: str) -> None:
            day, amount = read_day(text, year)
            await self._save(day, read_amount(amount))

        hint = _("the date and the amount, as 1/5/2025 15000000 · enter saves · esc goes back")
        await self.type_in("jmo", _("From, up to"), "", hint, save)

    async def do_limit_edit(self) -> None:
        line = cast("LimitLine | None", self.list.current)
        if line is None:
            return

        async def save(text: str) -> None:
            await self._save(line.day, read_amount(text))

        hint = _("now {now} · enter saves · esc goes back").format(now=format_rupiah(line.limit))
        await self.type_in(f"jmo {line.day}", _("Up to (rupiah)"), "", hint, save)

    async def _save(self, day: date, limit: int) -> None:
        await self.store.settings.set_jmo_limit(day, limit)
        said = _("{from_day}: JMO up to {limit}").format(from_day=settings.from_day(day), limit=format_rupiah(limit))
        await self.changed(said)

    async def do_limit_remove(self) -> None:
        line = cast("LimitLine | None", self.list.current)
        if line is not None:
            await self.store.settings.set_jmo_limit(line.day, None)
            await self.changed(_("Removed: {from_day}").format(from_day=settings.from_day(line.day)))

    async def do_limits_default(self) -> None:
        await self.store.settings.default_jmo_limits()
        await self.changed(_("The limits are those that Loket starts with."))
