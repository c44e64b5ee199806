"""What an administrator gets: a wheel from the working copy, installed somewhere else, complete."""

import json
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ORIGINAL_ENVIRONMENT

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.xdist_group("installation")  # one wheel and one environment, not one a worker
UNREACHABLE = ("Failed to establish a new connection", "Temporary failure in name resolution", "No route to host")
# What is installed is started three times: compiling all of it, and a pip of its own, would take longer than the rest.
PIP = ("-m", "pip", "--python", "bin/python", "install", "--quiet", "--no-compile", "--no-input", "--retries", "1")


def run(*command: str | Path, cwd: Path, environment: dict[str, str] | None = None) -> str:
    """What the command prints. Skips, in words, where the package registry cannot be reached."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode and any(words in done.stdout + done.stderr for words in UNREACHABLE):
        pytest.skip(
            "the Python package registry cannot be reached from here: connect to the network, or set PIP_INDEX_URL"
        )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def tracked_files() -> list[str]:
    """What a clean copy holds: the files git knows; without git, all but what is made by working in it."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        return run("git", "-c", "safe.directory=*", "ls-files", "-z", cwd=ROOT).split("\0")[:-1]
    found = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()]
    made = [path for path in found if path.parts[0] in ("dist", "build") or "__pycache__" in path.parts]
    hidden = [path for path in found if path.parts[0].startswith(".")]
    return [str(path) for path in found if path not in {*made, *hidden}]


@dataclass(frozen=True)
class Installed:
    """A wheel, and the environment that it alone was installed into."""

    wheel: Path
    environment: Path

    def loket(self, *arguments: str) -> str:
        """What the installed command prints, started from a folder that is not the working copy."""
        return run(self.environment / "bin" / "loket", *arguments, cwd=self.environment)

    def files(self) -> set[str]:
        """The files inside the installed packages, as `tui/styles/…`."""
        packages = next(self.environment.glob("lib/python*/site-packages"))
        return {str(path.relative_to(packages)) for path in packages.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    folder = tmp_path_factory.mktemp("installation")
    source = folder / "source"
    for name in tracked_files():
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).exists():
            shutil.copy2(ROOT / name, target)
    # The environment the run was started in: its package index, its certificates, its download cache.
    environment = {**ORIGINAL_ENVIRONMENT, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    environment.pop("PYTHONPATH", None)
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, source, cwd=folder, environment=environment)
    (wheel,) = folder.glob("*.whl")
    home = folder / "environment"
    venv.create(home)
    constraints = source / "constraints.txt"
    run(sys.executable, *PIP, "-c", constraints, wheel, cwd=home, environment=environment)
    yield Installed(wheel=wheel, environment=home)
    shutil.rmtree(folder)


def test_the_command_answers(installed: Installed) -> None:
    version = installed.wheel.name.split("-")[1]
    assert installed.loket("--version").strip() == f"loket {version}"


def test_everything_people_see_is_inside(installed: Installed) -> None:
    wanted = {
        name
        for name in tracked_files()
        if name.startswith(("tui/", "printing/", "store/")) and not name.endswith((".po", "__init__.py"))
    }
    kinds = {Path(name).suffix for name in wanted}
    assert {".mo", ".tcss", ".ttf"} <= kinds
    assert wanted - installed.files() == set()


def test_the_licences_of_loket_and_its_fonts_go_with_it(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        licences = {Path(name).name: wheel.read(name).decode() for name in wheel.namelist() if "/licenses/" in name}
    assert "MIT License" in licences["LICENSE"]
    assert "Bitstream Vera" in licences["DEJAVU-LICENSE"]


def test_nothing_of_the_workshop_is_inside(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"tui", "printing", "store"}


def test_a_practice_office_is_set_up_by_the_installed_command(installed: Installed, home: Path) -> None:
    installed.loket("--home", str(home), "init", "--practice")
    assert json.loads(installed.loket("--home", str(home), "queue", "status", "--json")) == {"campaigns": []}
