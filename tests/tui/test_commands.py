"""The one table of commands holds together: what is pressed, shown and explained comes from it."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tui import commands, i18n
from tui.commands import STACKS, TABLE, Command, Facts
from tui.screens.answers import AnswersScreen
from tui.screens.archive import ArchiveScreen
from tui.screens.archive_box import BoxScreen
from tui.screens.archive_codes import CodesScreen
from tui.screens.archive_destroy import DestroyScreen, DueScreen
from tui.screens.archive_gaps import GapsScreen
from tui.screens.archive_loans import LoansScreen
from tui.screens.archive_month import MonthScreen
from tui.screens.archive_register import RegisterScreen
from tui.screens.archive_waiting import WaitingScreen
from tui.screens.archive_years import YearsScreen
from tui.screens.assist import AssistScreen
from tui.screens.assists import AssistsScreen
from tui.screens.audit import AuditScreen
from tui.screens.base import DeskScreen
from tui.screens.calls import CallsScreen
from tui.screens.checks import ChecksScreen
from tui.screens.company import CompanyScreen
from tui.screens.corrections import CorrectionsScreen
from tui.screens.corrections_forms import FormsScreen
from tui.screens.corrections_history import ValueHistoryScreen
from tui.screens.corrections_proposals import ProposalsScreen
from tui.screens.corrections_tidy import TidyScreen
from tui.screens.corrections_typos import TyposScreen
from tui.screens.counter import CounterScreen
from tui.screens.counter_left import LeftScreen
from tui.screens.counter_log import LogScreen
from tui.screens.counter_missed import MissedScreen
from tui.screens.daily import DailyScreen
from tui.screens.division import DivisionScreen
from tui.screens.follow_ups import FollowUpScreen, FollowUpsScreen
from tui.screens.home import HomeScreen
from tui.screens.imports import ImportsScreen
from tui.screens.locked import LockScreen
from tui.screens.lookup import LookupScreen
from tui.screens.lookup_lines import OffersScreen
from tui.screens.lookups import LookupFilesScreen, LookupsScreen
from tui.screens.merge import MergeScreen
from tui.screens.papers import PapersScreen
from tui.screens.person import PersonScreen
from tui.screens.recaps import RecapsScreen
from tui.screens.retention import DataDueScreen, RetentionScreen
from tui.screens.retention_rules import DataRulesScreen, HeldScreen
from tui.screens.settings import SettingsScreen
from tui.screens.settings_calls import LimitsScreen, PoliciesScreen, PresetsScreen
from tui.screens.settings_hours import ClosedDaysScreen, HoursScreen
from tui.screens.settings_place import PlaceScreen
from tui.screens.settings_printers import PrintersScreen
from tui.screens.settings_script import ScriptEditScreen, ScriptsScreen
from tui.screens.settings_signers import SignersScreen
from tui.screens.settings_topics import TopicsScreen
from tui.screens.smile_entry import SmileEntryScreen
from tui.screens.smile_list import SmileListScreen
from tui.screens.supervision import SupervisionScreen
from tui.screens.voucher_days import DaysScreen
from tui.screens.voucher_file import FileScreen
from tui.screens.voucher_in import ListingScreen
from tui.screens.voucher_print import VoucherPrintScreen
from tui.screens.voucher_receive import ReceiveScreen
from tui.screens.voucher_scan import ScanScreen
from tui.screens.voucher_sheets import VoucherSheetsScreen
from tui.screens.voucher_stack import StackScreen
from tui.screens.voucher_stacks import StacksScreen
from tui.screens.vouchers import VouchersScreen
from tui.screens.worklist import WorklistScreen
from tui.shell import LoketApp
from tui.widgets.bars import footer_line
from tui.widgets.choices import legend

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
NAMED = ("enter", "escape", "slash", "colon", "question_mark", "space", "A", "left", "right", "tab")
SAFE_CONTROL = tuple(f"ctrl+{letter}" for letter in "fglnorty")
# ctrl+p, ctrl+c and ctrl+q reach us on every terminal because the line discipline is off; the first is in contracts.md.
POSSIBLE = {*LETTERS, *NAMED, *SAFE_CONTROL, "ctrl+p", "ctrl+c", "ctrl+q", *(f"f{n}" for n in range(1, 11))}


@pytest.fixture(params=["id", "en"], autouse=True)
def language(request: pytest.FixtureRequest) -> str:
    i18n.use(request.param)
    return str(request.param)


def test_ids_are_unique() -> None:
    ids = [command.id for command in TABLE]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("stack", STACKS)
def test_no_two_commands_that_hold_together_want_the_same_key(stack: tuple[str, ...]) -> None:
    keys = [key for command in commands.holding(stack) for key in command.keys]
    assert sorted(keys) == sorted(set(keys))


def test_every_key_can_be_typed_on_every_terminal() -> None:
    assert {command.id: set(command.keys) - POSSIBLE for command in TABLE if not set(command.keys) <= POSSIBLE} == {}


def test_every_command_is_named_and_explained_in_both_languages(language: str) -> None:
    catalogue = i18n._Now.catalogue
    for command in TABLE:
        for text in (command.label, command.title, command.help):
            assert i18n._(text).strip(), command.id
            assert language != "id" or catalogue.gettext(text), command.id
        assert command.where in commands.CONTEXTS, command.id


def test_every_context_stands_in_a_stack_that_can_hold() -> None:
    assert {where for stack in STACKS for where in stack} == set(commands.CONTEXTS)


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("facts", [Facts(), Facts(card=True, right_party=True, practice=True)])
def test_the_footer_fits_80_columns_and_tells_where_the_rest_is(stack: tuple[str, ...], facts: Facts) -> None:
    keys = [(key, i18n._(label), usable) for key, label, usable in commands.footer(stack, facts)]
    line = footer_line(keys, ("?", i18n._("help")), 80)
    assert line.width == 80
    assert line.text.rstrip().endswith(f"? {i18n._('help')}")
    assert "…" not in line.text


def test_a_footer_that_does_not_fit_is_cut_with_a_mark() -> None:
    line = footer_line([(letter, "a long label", True) for letter in LETTERS], ("?", "help"), 80)
    assert line.width == 80
    assert "…" in line.text
    assert line.text.rstrip().endswith("? help")


@pytest.mark.parametrize("kind", ["card-jht56", "card-told", "card-account"])
def test_the_legend_of_outcomes_fits_80_columns(kind: str) -> None:
    digits = commands.digits((kind, "card"))
    assert [command.keys[0] for command in digits] == list("1234567890")
    for row in legend((digits[:5], digits[5:]), 79):
        assert sum(cell_len(text) for text, _role in row) <= 79


def test_desks_that_a_role_does_not_have_say_so() -> None:
    for digit in "45689":
        why = commands.DESK_DIGITS[digit].why_disabled(Facts())
        assert why is not None
        assert i18n._(why)


FAMILIES = (
    *("entries-to-do", "entries-done", "entries-refused", "entries-sheets", "make-", "found-", "gone-"),
    *("counter-topic-", "caller-", "ending-", "place-", "promise-"),
    *("fix-take-", "fix-lines-"),
    *("when-", "channel-", "reason-", "other-", "take-in-", "only-new-", "rows-", "field-", "view-", "tick-"),
    *(
        "show-",
        "smile-",
        "share-",
        "after-",
        "refusal-",
        "source-",
        "email-source-",
        "company-",
        "print-",
        "follow-show-",
        "vouchers-show-",
        "archive-show-",
        "arch-",
        "asked-by-",
        "replace-",
        "history-",
        "said-",
        "assist-paper-",
        "help-way-",
        "help-why-",
        "activation-",
        "result-",
    ),
)
SCREENS: dict[str, type[DeskScreen]] = {
    "home": HomeScreen,
    "list": CallsScreen,
    "card": CallsScreen,
    "company": CompanyScreen,
    "person": PersonScreen,
    "checks": ChecksScreen,
    "settings": SettingsScreen,
    "policies": PoliciesScreen,
    "hours": HoursScreen,
    "closed-days": ClosedDaysScreen,
    "presets": PresetsScreen,
    "limits": LimitsScreen,
    "office-place": PlaceScreen,
    "topics": TopicsScreen,
    "answers": AnswersScreen,
    "scripts": ScriptsScreen,
    "script": ScriptEditScreen,
    "supervision": SupervisionScreen,
    "division": DivisionScreen,
    "give": DivisionScreen,
    "papers": PapersScreen,
    "ticks": PapersScreen,
    **dict.fromkeys(("recap", "recap-jht56", "recap-incoming", "recap-vouchers", "recap-corrections"), RecapsScreen),
    "recap-quality": RecapsScreen,
    **dict.fromkeys(("merge-files", "merge-plan"), MergeScreen),
    **dict.fromkeys(("fixes-plan", "fixes-columns", "fixes-lines"), ImportsScreen),
    "daily": DailyScreen,
    "follow-ups": FollowUpsScreen,
    "assist": AssistScreen,
    "assists": AssistsScreen,
    "follow-up": FollowUpScreen,
    **dict.fromkeys(("counter", "clash"), CounterScreen),
    "missed": MissedScreen,
    "locked": LockScreen,
    "contact-log": LogScreen,
    "left-calls": LeftScreen,
    **dict.fromkeys(("vouchers", "voucher-file", "file-approve"), VouchersScreen),
    **dict.fromkeys(("archive", "archive-print", "archive-field", "archive-kind"), ArchiveScreen),
    **dict.fromkeys(("archive-box", "archive-paper"), BoxScreen),
    **dict.fromkeys(("corrections", "work-filter"), CorrectionsScreen),
    "smile-entry": SmileEntryScreen,
    **dict.fromkeys(("smile-list", "smile-changes", "smile-sheets"), SmileListScreen),
    "lookups": LookupsScreen,
    **dict.fromkeys(("lookup-files", "lookup-plan"), LookupFilesScreen),
    **dict.fromkeys(("lookup", "lookup-contributions", "lookup-status"), LookupScreen),
    "lookup-offers": OffersScreen,
    **dict.fromkeys(("worklist", "work-status", "work-source", "work-bulk"), WorklistScreen),
    "tidy": TidyScreen,
    "value-history": ValueHistoryScreen,
    "proposals": ProposalsScreen,
    "company-forms": FormsScreen,
    "email-typos": TyposScreen,
    "archive-gaps": GapsScreen,
    **dict.fromkeys(("archive-waiting", "archive-troubles", "archive-program"), WaitingScreen),
    "archive-loans": LoansScreen,
    "archive-month": MonthScreen,
    "archive-codes": CodesScreen,
    **dict.fromkeys(("register-files", "register-plan"), RegisterScreen),
    **dict.fromkeys(("archive-destroy", "archive-way"), DestroyScreen),
    "archive-due": DueScreen,
    "archive-years": YearsScreen,
    "retention": RetentionScreen,
    "audit": AuditScreen,
    **dict.fromkeys(("retention-due", "retention-who"), DataDueScreen),
    "retention-rules": DataRulesScreen,
    "retention-held": HeldScreen,
    "claim-file": FileScreen,
    "receive": ReceiveScreen,
    "voucher-days": DaysScreen,
    "voucher-print": VoucherPrintScreen,
    "voucher-sheets": VoucherSheetsScreen,
    "stacks": StacksScreen,
    **dict.fromkeys(("stack", "stack-signer"), StackScreen),
    "scan": ScanScreen,
    "printers": PrintersScreen,
    "signers": SignersScreen,
    **dict.fromkeys(("listing-files", "listing-plan"), ListingScreen),
}


def test_every_command_that_can_be_used_is_done_somewhere() -> None:
    everything = Facts(
        permissions=frozenset(str(p) for p in _permissions()),
        practice=True,
        card=True,
        birth_date=True,
        numbers=2,
        marked=1,
        rows=1,
        files=1,
        changed=1,
    )
    for command in TABLE:
        if command.why_disabled(everything) is None:
            assert _is_done(command), command.id


def _is_done(command: Command) -> bool:
    screen = SCREENS.get(command.where, ImportsScreen if command.where.startswith("import-") else CallsScreen)
    name = "do_" + command.id.replace("-", "_")
    own = hasattr(screen, name) or hasattr(LoketApp, name)
    plain_outcome = command.where.startswith("card") and command.keys[0].isdecimal()
    return own or plain_outcome or command.id.startswith(FAMILIES)


def _permissions() -> list[str]:
    from store.rules.permissions import Permission

    return [permission.value for permission in Permission]
