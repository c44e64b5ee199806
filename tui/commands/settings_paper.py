"""Commands of the settings of paper: printers, and who signs vouchers."""

from __future__ import annotations

from typing import Final

from tui.commands.command import Command
from tui.commands.settings import MANAGE
from tui.i18n import N_

PAPER_SETTINGS: Final = (
    Command(
        "setting-printers",
        ("p",),
        N_("printers"),
        N_("Printers and what goes where"),
        N_("A printer and its tray for each document, the test page, and what is set wrongly."),
        "settings",
        MANAGE,
    ),
    Command(
        "setting-signers",
        ("s",),
        N_("signatories"),
        N_("Who signs vouchers"),
        N_("Positions with their post-it colours, names, deputies with dates, and when a stack is late."),
        "settings",
        MANAGE,
    ),
)

PRINTERS: Final = (
    Command(
        "printer-choose",
        ("enter",),
        N_("choose"),
        N_("Choose where this document is printed"),
        N_("A queue of the print server and its tray, or the folder KELUAR."),
        "printers",
        MANAGE,
        footer=1,
    ),
    Command(
        "printer-all",
        ("a",),
        N_("all so"),
        N_("Print all documents there"),
        N_("What the line under the cursor has goes to all lines; u takes it back."),
        "printers",
        MANAGE,
    ),
    Command(
        "printer-test",
        ("t",),
        N_("test page"),
        N_("Print the test page of this printer and tray"),
        N_("A grid with four crosses, as pages are corrected now. Measure it, then type the numbers (k)."),
        "printers",
        MANAGE,
        footer=3,
    ),
    Command(
        "printer-measure",
        ("k",),
        N_("measured"),
        N_("Type what was measured on the test page"),
        N_("Eight millimetres: each cross from the left and from below; pages are corrected by them."),
        "printers",
        MANAGE,
        footer=4,
    ),
    Command(
        "printer-straight",
        ("b",),
        N_("no correction"),
        N_("Pages as they are, without correction"),
        N_("Before measuring anew; u brings the correction back."),
        "printers",
        MANAGE,
    ),
    Command(
        "printer-kind",
        ("v",),
        N_("Loket/Smile"),
        N_("Loket's voucher, or Smile's own pages"),
        N_("What is printed for vouchers from now on; what has its number stays as it is."),
        "printers",
        MANAGE,
        footer=5,
    ),
)

SIGNERS: Final = (
    Command(
        "signer-title",
        ("enter",),
        N_("title"),
        N_("The title of this position"),
        N_("As it stands over the signature, from the next voucher on."),
        "signers",
        MANAGE,
        footer=1,
    ),
    Command(
        "signer-name",
        ("n",),
        N_("name"),
        N_("Who has this position from today on"),
        N_("The name on vouchers from today on; who had it before stays on theirs."),
        "signers",
        MANAGE,
        footer=2,
    ),
    Command(
        "signer-colour",
        ("w",),
        N_("colour"),
        N_("The colour of the post-it"),
        N_("A word, as it stands on vouchers, receipts and screens."),
        "signers",
        MANAGE,
        footer=3,
    ),
    Command(
        "signer-deputy",
        ("d",),
        N_("deputy"),
        N_("A deputy for some days"),
        N_("First and last day, name and title; a deputy signs for the position."),
        "signers",
        MANAGE,
        footer=4,
    ),
    Command(
        "signer-deputy-off",
        ("h",),
        N_("deputy off"),
        N_("Take the last deputy of this position off"),
        N_("For one that was typed wrongly or ended early; u brings it back."),
        "signers",
        MANAGE,
    ),
    Command(
        "signer-order",
        ("o",),
        N_("order"),
        N_("In any order, or in this one"),
        N_("With a fixed order a later signature is refused while an earlier one is missing."),
        "signers",
        MANAGE,
    ),
    Command(
        "signer-late",
        ("l",),
        N_("late after"),
        N_("After how many office days a stack is late"),
        N_("Late ones stand on the first screen, in F9 and at the stacks, in words."),
        "signers",
        MANAGE,
        footer=6,
    ),
    Command(
        "signer-default",
        ("b",),
        N_("default"),
        N_("Back to what Loket starts with"),
        N_("Three positions and their colours; u brings the office's own back."),
        "signers",
        MANAGE,
    ),
)
