"""Pengaturan: what the office has decided, a line for each setting (design.md 3.1)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, cast

from textual.widget import Widget

from store.errors import StoreError
from store.rules.hours import CalendarError
from store.rules.money import format_rupiah
from store.rules.outcomes import DEFAULT_POLICIES, PolicyError
from store.rules.presets import FIELDS, PresetError
from store.rules.script import ScriptError
from store.value_class import value_class
from tui.commands import Facts
from tui.i18n import N_, WIB, _, long_date, ngettext
from tui.kept import open_kept
from tui.screens.base import Act, DeskScreen
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import counter, errors, settings

REFUSALS = (PolicyError, PresetError, CalendarError, ScriptError)
"""What a rule says of a value; changes nothing and is told in words."""

SETTINGS: Final = "setting "
"""What the keys of drafts of values begin with."""

Typed = Callable[[str], Awaitable[None]]


class SettingsDesk(DeskScreen):
    """The base of the settings screens: a table, values typed and refused in words, `u` for the last change."""

    list: WindowTable[Any]

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, rows=self.list.total, own=self.is_own())

    def is_own(self) -> bool:
        """Whether the line under the cursor is the office's own decision."""
        return False

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    async def read(self) -> None:
        """Read what this screen shows."""
        raise NotImplementedError

    async def arrived(self) -> None:
        await self.read()

    async def others_changed(self) -> None:
        await self.read()

    async def fill(self, rows: Sequence[object]) -> None:
        """Other rows in the table; the cursor stays on its row."""
        await self.list.fill(rows)

    async def guarded(self, act: Act) -> None:
        """What a rule or the store refuses is said in words and changes nothing."""
        try:
            await super().guarded(act)
        except REFUSALS as refused:
            self.asking = ""
            self.say(settings.refusal(refused), "warn")

    async def type_in(self, name: str, label: str, text: str, hint: str, act: Typed, most: int = 120) -> None:
        """Let a value be typed; a refused one stays in the line, with the reason below.

        Its draft is kept under `name`, which says what the value is of.
        """

        async def entered(typed: str) -> None:
            try:
                await act(typed)
            except REFUSALS as refused:
                await self.type_in(name, label, text, hint, act, most)
                self.say(settings.refusal(refused), "warn")
            except StoreError as refused:
                await self.type_in(name, label, text, hint, act, most)
                self.say(errors.sentence(refused, self.loket.now()), "warn")

        await open_kept(self, f"{SETTINGS}{name}", PromptLine(label, text, hint, most), entered)

    async def changed(self, said: str) -> None:
        """A change was saved: everything that depends on it is read again."""
        self.asking = ""
        self.loket.saved()
        await self.loket.refresh_office()
        await self.read()
        self.say(_("{what} · u undoes").format(what=said), "good")

    async def do_undo(self) -> None:
        what = await self.store.settings.undo()
        self.loket.saved()
        await self.loket.refresh_office()
        self.loket.me = await self.store.refresh_me()
        await self.read()
        word = _(settings.SETTINGS[what]) if what in settings.SETTINGS else what
        self.say(_("Taken back: {what}.").format(what=word), "good")

    async def step_back(self) -> None:
        self.dismiss()


@value_class
class SettingLine:
    """One setting: its key on the screen, what it is called, and its value in words."""

    key: str
    title: str
    value: str


TITLES = (
    N_("What follows each outcome"),
    N_("Office hours"),
    N_("Closed days"),
    N_("Callback keys 1 to 5"),
    N_("JMO limit"),
    N_("Script of the calls"),
    N_("Name of the office"),
    N_("Area code of short numbers"),
    N_("QR codes of numbers"),
    N_("Address and way"),
    N_("Topics of the counter (F3)"),
    N_("Printers and what goes where"),
    N_("Who signs vouchers"),
    N_("Corrections of data"),
    N_("Lock of the screen"),
)
KEYS = "1234567890tpskl"


class SettingsScreen(SettingsDesk):
    """Every setting with its value; the key before a line opens it."""

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[SettingLine](
            (
                Column(_("Key"), lambda line: (line.key, "key"), width=6),
                Column(_("Setting"), lambda line: _(line.title), width=28),
                Column(_("Now"), lambda line: line.value),
            ),
            key=lambda line: line.key,
            id="settings",
        )
        return (self.list,)

    def context(self) -> str:
        return "settings"

    def place(self) -> tuple[str, str]:
        return _("Settings"), self.loket.me.office

    def idle_lines(self) -> list[list[Piece]]:
        return [
            [(_("Whatever is changed here holds at once for everybody, and is in the trail."), "normal")],
            [(_("The digit opens a line. u takes your last change back."), "muted")],
        ]

    async def read(self) -> None:
        values = [
            await self._outcomes(),
            await self._week(),
            await self._closed_days(),
            await self._presets(),
            await self._limit(),
            self._scripts(),
            self.loket.me.office,
            str(await self.store.office.setting("phones.area_code")),
            _("allowed") if self.loket.office.qr else _("not allowed"),
            str(await self.store.office.setting("office.address")) or _("not written down yet"),
            await self._topics(),
            await self._printers(),
            await self._signers(),
            _("wait for a yes of kepesertaan") if await self._proposing() else _("hold at once"),
            self._lock(),
        ]
        await self.fill([SettingLine(*line) for line in zip(KEYS, TITLES, values, strict=True)])

    async def _outcomes(self) -> str:
        table = await self.store.settings.policies()
        own = sum(policy != DEFAULT_POLICIES[outcome] for outcome, policy in table.items())
        return ngettext("1 changed", "{n} changed", own).format(n=own) if own else _("as Loket starts")

    async def _week(self) -> str:
        week = (await self.store.settings.calendar()).week
        days = ngettext("1 day a week", "{n} days a week", len(week)).format(n=len(week))
        today = self.loket.now().astimezone(WIB).date()
        hours = week.get(today.weekday())
        if hours is None:
            return days
        return _("{days}, today {hours}").format(days=days, hours=settings.stretch(hours.opens, hours.closes))

    async def _closed_days(self) -> str:
        today = self.loket.now().astimezone(WIB).date()
        coming = [row for row in await self.store.settings.closed_days(today.year) if row.day >= today]
        if not coming:
            return _("none left in {year}").format(year=today.year)
        return _("next: {day}, {name}").format(day=long_date(coming[0].day), name=coming[0].name)

    async def _presets(self) -> str:
        presets = await self.store.settings.presets()
        return " · ".join(settings.preset(presets, key) for key in FIELDS)

    async def _limit(self) -> str:
        today = self.loket.now().astimezone(WIB).date()
        holding = [limit for day, limit in await self.store.settings.jmo_limits() if day <= today]
        return format_rupiah(holding[-1]) if holding else _("not known for today")

    def _scripts(self) -> str:
        kinds = self.loket.office.scripts
        own = sum(len(parts) for languages in kinds.values() for parts in languages.values())
        return (
            ngettext("1 text of the office", "{n} texts of the office", own).format(n=own)
            if own
            else _("as Loket starts")
        )

    async def _topics(self) -> str:
        return " · ".join(counter.topic(code) for code in (await self.store.counter.topics()).values())

    async def _printers(self) -> str:
        from tui.words.printers import place

        routes = await self.store.printers.routes()
        return " · ".join(dict.fromkeys(place(route) for route in routes.values())) or _("all into KELUAR")

    async def _signers(self) -> str:
        return " · ".join(each.title for each in (await self.store.stacks.signers()).signers)

    async def _proposing(self) -> bool:
        return bool(await self.store.office.setting("corrections.propose"))

    def _lock(self) -> str:
        minutes = self.loket.office.lock_minutes
        if minutes is None:
            return _("never, in a practice office")
        return ngettext("1 minute after the last key", "{n} minutes after the last key", minutes).format(n=minutes)

    # Opening one

    async def do_setting_lock(self) -> None:
        await self._open("l")

    async def do_setting_propose(self) -> None:
        await self._open("k")

    async def do_setting_printers(self) -> None:
        await self._open("p")

    async def do_setting_signers(self) -> None:
        await self._open("s")

    async def do_setting_topics(self) -> None:
        await self._open("t")

    async def do_setting_number(self) -> None:
        await self._open(self.pressed)

    async def do_setting_open(self) -> None:
        line = cast("SettingLine | None", self.list.current)
        if line is not None:
            await self._open(line.key)

    async def _open(self, key: str) -> None:
        from tui.screens.settings_calls import LimitsScreen, PoliciesScreen, PresetsScreen
        from tui.screens.settings_hours import ClosedDaysScreen, HoursScreen
        from tui.screens.settings_place import PlaceScreen
        from tui.screens.settings_printers import PrintersScreen
        from tui.screens.settings_script import ScriptsScreen
        from tui.screens.settings_signers import SignersScreen
        from tui.screens.settings_topics import TopicsScreen

        await self.list.go(KEYS.index(key))
        screens: dict[str, type[DeskScreen]] = {
            "1": PoliciesScreen,
            "2": HoursScreen,
            "3": ClosedDaysScreen,
            "4": PresetsScreen,
            "5": LimitsScreen,
            "6": ScriptsScreen,
            "0": PlaceScreen,
            "t": TopicsScreen,
            "p": PrintersScreen,
            "s": SignersScreen,
        }
        if key in screens:
            await self.loket.push_screen(screens[key]())
        elif key == "7":
            await self._office_name()
        elif key == "8":
            await self._area_code()
        elif key == "9":
            await self._qr()
        elif key == "k":
            await self._propose()
        elif key == "l":
            await self._lock_minutes()

    async def _lock_minutes(self) -> None:
        async def save(text: str) -> None:
            typed = text.strip()
            wanted: int | str | None = int(typed) if typed.isascii() and typed.isdecimal() else typed or None
            await self.store.office.set_setting("lock.minutes", wanted)
            await self.changed(_("Lock of the screen: {when}.").format(when=self._lock()))

        minutes = self.loket.office.lock_minutes
        hint = _("1 to 60; empty: as Loket has it · enter saves · esc goes back")
        await self.type_in(
            "lock.minutes", _("Minutes without a key"), "" if minutes is None else str(minutes), hint, save, 3
        )

    async def _propose(self) -> None:
        wanted = not await self._proposing()
        await self.store.office.set_setting("corrections.propose", wanted)
        waits = _("What interns and the service section correct waits for a yes of kepesertaan (F4, p).")
        await self.changed(waits if wanted else _("Corrections hold at once."))

    async def _office_name(self) -> None:
        async def save(text: str) -> None:
            await self.store.office.set_setting("office.name", text.strip())
            self.loket.me = await self.store.refresh_me()
            await self.changed(_("The office is called {name}.").format(name=self.loket.me.office))

        hint = _("It stands on paper and in the script · enter saves · esc goes back")
        await self.type_in("office.name", _("Name of the office"), self.loket.me.office, hint, save)

    async def _area_code(self) -> None:
        async def save(text: str) -> None:
            await self.store.office.set_setting("phones.area_code", text.strip())
            await self.changed(_("Short numbers are taken for {code} from now on.").format(code=text.strip()))

        hint = _("A number such as 91234 is read with it: 0765 91234 · enter saves · esc goes back")
        await self.type_in(
            "phones.area_code", _("Area code"), str(await self.store.office.setting("phones.area_code")), hint, save
        )

    async def _qr(self) -> None:
        allowed = not self.loket.office.qr

        async def act() -> None:
            await self.store.office.set_setting("calls.qr", allowed)
            await self.changed(_("QR codes are allowed (q, w on the card).") if allowed else _("QR codes are off."))

        if allowed:
            question = _("Allow QR codes? A private telephone may then keep the numbers it reads.")
            self.confirm(question, act)
        else:
            await act()
