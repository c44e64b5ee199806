"""`loket deploy`: the files of a server that staff reach over SSH, and whether it is right."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import asdict

from tui.cli.session import DONE, OPEN, REFUSED, database_url, print_json
from tui.deploy import fragments
from tui.i18n import _


def deploy(arguments: Namespace) -> int:
    """`--print` one file to install; `--check` what is there: status 2 when something is not right."""
    server = fragments.Server(
        arguments.account,
        arguments.group,
        arguments.root,
        arguments.port,
        arguments.files_port,
        sys.executable,
        database_url() or "",
        arguments.program or fragments.PROGRAM,
    )
    if arguments.fragment:
        print(fragments.text(arguments.fragment, server), end="")
        return DONE
    return _check(server, as_json=arguments.json)


def _check(server: fragments.Server, *, as_json: bool) -> int:
    from tui.deploy.checks import Places, findings
    from tui.words import deploy as words

    try:
        found = findings(server, Places())
    except PermissionError:
        print(_("Only root can ask sshd and sudo how they are set. Run: sudo loket deploy --check"), file=sys.stderr)
        return REFUSED
    if as_json:
        print_json({"right": not found, "findings": [{**asdict(each), "says": words.sentence(each)} for each in found]})
    else:
        for each in found:
            print(words.sentence(each))
        if not found:
            print(_("The server is right: {account}, {root}.").format(account=server.account, root=server.root))
    return OPEN if found else DONE
