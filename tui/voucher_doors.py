"""From the voucher desk (F5) to paper: the screens that lie above it, with the files that are chosen there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.wire_choice import WireChoice

if TYPE_CHECKING:
    from store import Store
    from tui.screens.vouchers import VouchersScreen


class VoucherDoors(WireChoice, inherit_bindings=False):
    """The part of the shell that opens them; the desk stays below and is read again when it comes back."""

    store: Store

    def _voucher_desk(self) -> VouchersScreen:
        from tui.screens.vouchers import VouchersScreen

        screen = self.screen
        assert isinstance(screen, VouchersScreen)
        return screen

    async def do_vouchers_print(self) -> None:
        await self._print_vouchers("")

    async def do_vouchers_right(self) -> None:
        await self._print_vouchers("right")

    async def do_vouchers_jam(self) -> None:
        await self._print_vouchers("jam")

    async def _print_vouchers(self, then: str) -> None:
        """The marked files, else the batch that is shown with every sheet that waits for paper."""
        from tui.screens.voucher_print import VoucherPrintScreen

        desk = self._voucher_desk()
        files = desk.chosen_ids() if desk.marks else await self.store.files.ids(desk.print_batch())
        await self.push_screen(VoucherPrintScreen(files, all_waiting=not desk.marks, then=then))

    async def do_vouchers_sheets(self) -> None:
        from tui.screens.voucher_sheets import VoucherSheetsScreen

        row = self._voucher_desk().list.current
        if row is not None:
            await self.push_screen(VoucherSheetsScreen(row))

    async def do_vouchers_stacks(self) -> None:
        """The marked files that are ready, else all of the day and programme that are shown."""
        from store.claim_file_rows import FileFilter
        from store.rules.vouchers import FileState
        from tui.screens.voucher_stacks import StacksScreen

        desk = self._voucher_desk()
        wanted = FileFilter((FileState.CONFIRMED,))
        if not desk.marks:
            wanted = FileFilter((FileState.CONFIRMED,), desk.program, desk.day, text=desk.text)
        await self.push_screen(StacksScreen(list(desk.marks), wanted))

    async def do_vouchers_scan(self) -> None:
        from tui.screens.voucher_scan import ScanScreen

        await self.push_screen(ScanScreen())
