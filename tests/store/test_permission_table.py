"""Who may do what: every public deed of every desk of the store, asked in every role, on both databases.

And what each of them shows: a whole NIK, number, address, amount, account or birth date only where it is written here.
"""

from __future__ import annotations

import inspect
import zipfile
from collections.abc import Collection
from pathlib import Path
from typing import Final

import pytest

from store.errors import NotAllowed, StoreError
from store.rules.permissions import TABLE, Permission, Role
from tests.store.deeds import arguments, ask, every_deed
from tests.store.full_office import FullOffice, fill, met
from tests.store.office import Clock, Office, wib

P = Permission
Needs = tuple[frozenset[Permission], ...]
"""One of these sets of permissions is needed, all of it."""

ANYBODY: Needs = (frozenset(),)
"""Whoever works here: what says nothing of a person, or only what they themselves brought, hold or typed."""


def all_of(*wanted: Permission) -> Needs:
    return (frozenset(wanted),)


def any_of(*wanted: Permission) -> Needs:
    return tuple(frozenset({each}) for each in wanted)


# Desk by desk, what each permission opens.
MAY: Final[tuple[tuple[Needs, str], ...]] = (
    (
        ANYBODY,
        """archive: next_number  assists: needed parse_interview  backup_state: now  checks: leave
        correction_imports: close count numbers  corrections: read  counter: read_number topics  daily: own report
        drafts: clear keys load save  follow_ups: parse_due suggest_due  imports: close offered  loans: usual_due
        lookups: leave  office: calendar holidays now setting  people: count
        pins: choose give lock mine unlock_without  printers: calibration route routes server
        printing: adopt job jobs newest nobodys prefix  queue: callback_presets parse_callback put_back touch
        settings: calendar closed_days jmo_limits policies presets script usual_jmo_limits  smile: leave
        stacks: signers  staff: me rows shared  undo: stopped  worklists: forget""",
    ),
    (
        all_of(P.CALL),
        """call_lists: make newest open tick undo write  checks: answer counts next park still undo  company: settle
        queue: choose_number claim claim_item outcome set_note show_birth_date still_working undo
        queue: verify_right_party""",
    ),
    (
        all_of(P.HELP),
        """answers: for_person  assists: begin save undo write_slip
        counter: missed person read save settle_missed undo""",
    ),
    (
        all_of(P.SEE_LISTS),
        """answers: facts list search write_pages  archive: of_card  company: people  correction_log: rows
        corrections: count rows  counter: companies count rows today  daily: doubted last_days
        persons: find open record timeline write_record  quality: report total
        queue: company_people count ids rows status values window
        worklists: accepted companies count count_suggestions counts form forms ids next one rows suggestions values
        worklists: window""",
    ),
    (all_of(P.FOLLOW_UP), "follow_ups: done drop edit make reassign reschedule undo"),
    (any_of(P.FOLLOW_UP, P.READ_WORK), "follow_ups: count counts of_person read rows"),
    (any_of(P.HELP, P.READ_WORK), "assists: count of_person read rows"),
    (any_of(P.SUPERVISE, P.READ_WORK), "division: handlers loads shares  supervision: held today"),
    (all_of(P.FOLLOW_UP, P.SEE_HELD_PERSON), "follow_ups: numbers"),
    (any_of(P.SEE_FULL_NIK, P.SEE_HELD_PERSON), "reveals: fields show"),
    (
        all_of(P.CORRECT_CONTACT),
        """corrections: correct put seen take_back whole
        lookups: answer close count lists make next note offers one park plan result rows still take undo write
        smile: again companies counts done exports next nik park planned refused still taken undo value
        worklists: accept clean cleaning_rows form_back make_form open plan_cleaning set_active take_suggestion
        worklists: withdraw""",
    ),
    # Of a line that somebody has in front of them: for whoever corrects (test_lookups).
    (all_of(P.CORRECT_CONTACT, P.SEE_FULL_NIK), "lookups: value"),
    (all_of(P.APPROVE_CORRECTIONS), "correction_log: whole  corrections: approve decline"),
    (all_of(P.CORRECT_CONTACT, P.IMPORT_PARTICIPANTS), "correction_imports: apply apply_all lines plan preview whole"),
    (all_of(P.IMPORT_PARTICIPANTS), "imports: apply apply_all plan preview  merges: plan run"),
    (all_of(P.MAKE_CAMPAIGN), "bulk: add_to  kpj_lists: add  queue: add_people new_campaign"),
    (all_of(P.EXPORT_PARTICIPANTS), "people: export  smile: export export_again withdraw"),
    (
        all_of(P.EXPORT_RESULTS),
        "recaps: results write_pages write_results  recaps_corrections: results  recaps_incoming: results",
    ),
    (
        all_of(P.READ_RECAPS),
        "assists: figures  recaps: jht56  recaps_corrections: recap  recaps_incoming: recap  recaps_vouchers: recap",
    ),
    (
        (*(frozenset({P.READ_RECAPS, each}) for each in (P.RECEIVE_FILES, P.APPROVE_FILES, P.EXPORT_RESULTS)),),
        "recaps_vouchers: results write_pages write_results",
    ),
    (
        all_of(P.SUPERVISE),
        """bulk: do  division: give undo  recaps: close  recaps_corrections: close
        recaps_incoming: close  recaps_vouchers: close  supervision: put_back""",
    ),
    (all_of(P.CALL, P.SUPERVISE), "supervision: take_over"),
    (
        all_of(P.SEE_FILES),
        """archive: contents count_places count_waiting counts find gaps month place places read suggestions troubles
        archive: waiting without_code  files: candidates count counts ids payments_without_file read rows some
        files: yes_groups  loans: late of_file out_now  retention: due lists places read years
        stacks: back counts late out_now read receipt scan unsigned  voucher_days: list read
        vouchers: kept_pages of_file preview read to_print""",
    ),
    (
        all_of(P.RECEIVE_FILES),
        """files: amend match match_by_card receive receive_and_match unmatch
        listings: apply apply_all check paid_apply paid_apply_all paid_plan plan
        printing: again cancel looked move pages pdf reserve right_before say stop
        stacks: correct send sign take_back  vouchers: reserve reserve_batch""",
    ),
    (all_of(P.APPROVE_FILES), "files: approve void  retention: approve  vouchers: reprint void"),
    (all_of(P.APPROVE_FILES, P.RECEIVE_FILES), "vouchers: replace"),
    (
        all_of(P.ARCHIVE),
        """archive: change check_number clear_trouble close fill_codes make move note_loose note_trouble put put_many
        archive: remove reopen take_out where_to  loans: borrow extend give_back  registers: apply apply_all plan
        retention: carry_out keep_until propose""",
    ),
    (any_of(P.RECEIVE_FILES, P.APPROVE_FILES, P.ARCHIVE), "archive: write_contents"),
    (any_of(P.APPROVE_FILES, P.ARCHIVE), "retention: drop"),
    (
        all_of(P.MANAGE_OFFICE),
        """answers: remove reset save undo  counter: set_topic set_topics  office: add_closed_day set_setting
        persons: check_index rebuild_index  printers: set_calibration set_route
        settings: default_hours default_jmo_limits default_signers remove_closed_day set_hours set_jmo_limit
        settings: set_policy set_presets set_script set_signer set_signing_order undo  undo: undo
        voucher_days: check rebuild  worklists: check rebuild""",
    ),
    (
        any_of(P.ERASE_DATA, P.APPROVE_ERASURE, P.READ_AUDIT),
        "erasures: back counts due due_rows lines lists read rules suspensions write_book write_pages",
    ),
    (any_of(P.ERASE_DATA, P.APPROVE_ERASURE), "erasures: drop lift stop_rule suspend"),
    (all_of(P.ERASE_DATA), "erasures: again propose run"),
    (all_of(P.APPROVE_ERASURE), "erasures: approve confirm_rule"),
    (all_of(P.MANAGE_OFFICE), "erasures: set_rule"),
    (all_of(P.MANAGE_STAFF), "pins: reset  staff: add assign disable role share"),
    (all_of(P.READ_AUDIT), "audit: anchors count entries every rows verify write_book write_pages"),
    (any_of(P.BACKUP, P.READ_AUDIT, P.READ_RECAPS), "audit: anchor"),
    (all_of(P.BACKUP, P.MANAGE_OFFICE), "audit: keep_anchors"),
    (all_of(P.BACKUP), "backups: drill make setup"),
)

PRACTICE: Final = {"staff.act_as"}
"""Seeing Loket as another role: in a practice office alone (test_opening)."""

OWN: Final = {
    "imports.preview": "a file that they brought, before it is taken",
    "correction_imports.plan": "likewise",
    "correction_imports.preview": "likewise",
    "correction_imports.lines": "likewise; what the office has stands masked beside it",
    "merges.run": "files that they brought, put together",
    "corrections.read": "what they typed",
    "lookups.result": "the NIK of a list that they brought, for the file that goes back",
}
"""What shows to everybody whom it is open to what they themselves brought."""

CARD: Final = ("claim", "claim_item", "set_note", "still_working", "undo", "verify_right_party", "outcome")
SHOWS: Final[dict[str, set[str]]] = {
    **{f"queue.{deed}": {"phone"} for deed in CARD},  # who holds somebody dials
    "queue.verify_right_party": {"phone", "balance"},
    "queue.show_birth_date": {"phone", "birth date"},
    "supervision.take_over": {"phone"},
    "counter.missed": {"phone"},  # somebody has to ring back
    "counter.person": {"birth date"},
    "follow_ups.numbers": {"phone"},
    "worklists.open": {"phone", "email", "birth date"},
    "corrections.whole": {"phone", "email"},
    "correction_log.whole": {"phone", "email"},
    "correction_imports.whole": {"nik", "phone"},
    "reveals.show": {"nik"},
    "smile.nik": {"nik"},
    "smile.value": {"phone", "email", "nik"},
}
"""One person's values shown whole to whoever has them in front; all but the numbers to be dialled are in the trail."""

WHOLE: Final[dict[str, Permission]] = {
    "nik": P.SEE_FULL_NIK,
    "birth date": P.SEE_FULL_NIK,
    "balance": P.SEE_AMOUNTS,
    "amount": P.SEE_FILE_AMOUNTS,
    "account": P.SEE_FILE_AMOUNTS,
}
"""What these permissions show wherever it stands. No permission shows numbers and addresses in lists."""

RECORDS: Final = ("people.export", "persons.record")
"""What goes out whole on purpose, numbers and addresses too, for who may see a whole NIK."""

Cell = tuple[str, Role]


def table() -> dict[str, Needs]:
    found: dict[str, Needs] = {}
    for needs, text in MAY:
        desk = ""
        for word in text.split():
            if word.endswith(":"):
                desk = word
            else:
                assert f"{desk[:-1]}.{word}" not in found, word
                found[f"{desk[:-1]}.{word}"] = needs
    return found


def test_every_deed_of_the_store_has_its_row() -> None:
    deeds = every_deed()
    assert set(table()) == set(deeds) - PRACTICE
    assert set(SHOWS) | set(OWN) | set(RECORDS) <= set(deeds)


def _written(path: Path) -> str:
    """What a deed wrote into its file."""
    if not path.exists():
        return ""
    if not zipfile.is_zipfile(path):
        return path.read_bytes().decode("utf-8", "replace")
    with zipfile.ZipFile(path) as book:
        return " ".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def _may_show(deed: str, role: Role) -> set[str]:
    held = TABLE[role]
    shown = {kind for kind, permission in WHOLE.items() if permission in held} | SHOWS.get(deed, set())
    if deed in RECORDS and P.SEE_FULL_NIK in held:
        shown |= {"phone", "email"}
    return shown


async def _asked(full: FullOffice, role: Role, deeds: Collection[str]) -> tuple[set[Cell], dict[Cell, set[str]]]:
    """The cells that are allowed, and what is shown in one of them that should not be."""
    allowed, leaks, every = set(), {}, every_deed()
    for deed in deeds:
        path = full.store.outbox / f"{deed}.{'csv' if deed in ('people.export', 'merges.run') else 'xlsx'}"
        path.unlink(missing_ok=True)
        given = arguments(deed, every[deed], {"path": path, "target": path, **full.known})
        try:
            shown = met(await ask(full.store, deed, given)) | met(_written(path))
        except NotAllowed:
            continue
        except StoreError:
            shown = set()  # what stands in the way is another matter
        allowed.add((deed, role))
        if deed not in OWN and shown - _may_show(deed, role):
            leaks[deed, role] = shown - _may_show(deed, role)
    return allowed, leaks


async def test_every_cell_of_the_table(home: Path, database_url: str) -> None:
    """Looks first in every role, then writes in every role, so that there is still something to look at."""
    office = Office(home, database_url, Clock(wib(31, 9)))
    await office.create(practice=True)
    full = await fill(office)
    rows = table()
    writes = {deed for deed, function in every_deed().items() if "_link.write" in inspect.getsource(function)}
    allowed: set[Cell] = set()
    leaks: dict[Cell, set[str]] = {}
    for deeds in (sorted(rows.keys() - writes), sorted(rows.keys() & writes)):
        for role in Role:
            await full.anew(role)
            more, shown = await _asked(full, role, deeds)
            allowed |= more
            leaks |= shown
    broken = await _trail(full)
    await office.close()
    expected = {
        (deed, role) for deed, any_ in rows.items() for role in Role if any(each <= TABLE[role] for each in any_)
    }
    assert (allowed - expected, expected - allowed) == (set(), set())
    assert leaks == {}
    assert broken is None


async def _trail(full: FullOffice) -> object:
    await full.store.staff.act_as(Role.AUDITOR)
    return await full.store.audit.verify()


@pytest.mark.parametrize("kind", sorted({"nik", "phone", "email", "balance", "amount", "account", "birth date"}))
def test_a_hidden_value_is_recognised_however_it_is_written(kind: str) -> None:
    written = {
        "nik": "1403 0919 0767 9901",
        "phone": "+62 812-7654-3210",
        "email": "siti.rahayu@contoh.id",
        "balance": "87.654.321",
        "amount": "7.250.000",
        "account": "1090-0777-77",
        "birth date": "19-07-1967",
    }
    assert met([{"x": (written[kind],)}]) == {kind}
