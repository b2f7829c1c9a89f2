"""Runs the blocks of a page as a reader would: one shell after the other in a home folder of their own."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docs.pages import Block, Page
from support.machine import front_range
from support.server import wait_for

API_PORT: Final = "8223"
FRONT_PORT: Final = "31000"
"""The ports that the pages name; a session has ports of its own in their place."""

LIMIT_SECONDS: Final = 120
"""A page that takes longer hangs."""

READY: Final = "answers at"
"""What an engine prints when it answers."""

_PRELUDE: Final = """\
set -euo pipefail
at() { echo "$1" >>"$RUN/reached"; }
until_it_says() {
    until grep -qF "$1" "$2"; do
        kill -0 "$3"
        sleep 0.05
    done
}
"""


class PageFailed(Exception):  # noqa: N818 - said of the page
    """A block did not do what its page says; the text names the line, and shows what came instead."""


@dataclass(frozen=True)
class Step:
    """A command: the line it stands on, what is run, and what it should print (None: anything)."""

    line: int
    command: str
    expected: str | None = None
    background: str = ""
    """What it prints when it is ready and goes on; empty for a command that ends."""


def steps_of(page: Page, files: Path) -> list[Step]:
    """Return what the session of a page runs, in order; what goes into files is written below `files` first."""
    steps = [Step(0, f"homeport serve --driver {page.engine}", background=READY)] if page.engine else []
    for block in page.blocks:
        if "file" in block.notes:
            steps.append(_file_step(block, files))
        elif "output" in block.notes:
            last = steps.pop()
            steps.append(Step(last.line, last.command, block.text))
        elif block.runs:
            steps += _steps(block, files)
    return steps


def _file_step(block: Block, files: Path) -> Step:
    source = _written(block, files)
    target = shlex.quote(block.notes["file"])
    return Step(block.line, f'mkdir -p "$(dirname {target})" && cp {source} {target}')


def _steps(block: Block, files: Path) -> Iterator[Step]:
    background = block.notes.get("background", "")
    if "instead" in block.notes:
        yield Step(block.line, block.notes["instead"], background=background)
    elif block.language == "console":
        yield from (Step(line, command, expected, background) for line, command, expected in _commands(block))
    elif block.language == "python":
        yield Step(block.line, f"python {_written(block, files)}")
    else:
        yield Step(block.line, block.text, background=background)


def _written(block: Block, files: Path) -> str:
    file = files / f"{block.line}"
    file.write_text(block.text)
    return shlex.quote(str(file))


def _commands(block: Block) -> Iterator[tuple[int, str, str | None]]:
    """Yield the commands of a console block, and what is shown below each; nothing shown may be anything."""
    pieces = re.split(r"(?m)^\$ ", block.text)
    line = block.line + pieces[0].count("\n")
    for piece in pieces[1:]:
        command, shown, end = [], piece.split("\n"), False
        while not end:
            first = shown.pop(0)
            command.append(first)
            end = not first.endswith("\\")
        rest = "\n".join(shown).strip("\n")
        yield line, "\n".join(command), rest + "\n" if rest else None
        line += piece.count("\n")


def matches(expected: str, printed: str) -> bool:
    """Tell whether what was printed is what a page shows.

    … stands for anything, on a line of its own for any lines. How many spaces stand between words does not count.
    """
    pattern = "\n".join(map(_pattern, _lines(expected)))
    return re.fullmatch(pattern, "\n".join(_lines(printed))) is not None


def _pattern(line: str) -> str:
    if line == "…":
        return "(?:.*\n)*.*"
    return re.escape(line).replace(r"\ …", r"(?:\ .*)?").replace("…", ".*")


def _lines(text: str) -> list[str]:
    return [re.sub(r" +", " ", line).rstrip() for line in text.strip("\n").split("\n")]


class Session:
    """The shell of one page: a home folder, ports of its own, and the files that its blocks made."""

    def __init__(self, folder: Path, database: str = "", docker_host: str = "") -> None:
        """`docker_host` is the address of the Docker Engine that the page's engine uses."""
        self.docker_host = docker_host
        self.database = database
        self.home = folder / "home"
        self.work = folder / "work"
        self.files = folder / "blocks"
        self.run_folder = folder / "run"
        for made in (self.home, self.work, self.files, self.run_folder):
            made.mkdir(parents=True)
        first, self._last_port = front_range()
        self.ports = {API_PORT: first, FRONT_PORT: first + 1}

    @property
    def data_dir(self) -> Path:
        """The data folder of the engine that the page starts."""
        return self.home / ".local" / "share" / "homeport"

    def environment(self) -> dict[str, str]:
        """Return the variables of a reader's shell, and where the page's engine listens."""
        front = self.ports[FRONT_PORT]
        counted = {name: value for name, value in os.environ.items() if name.startswith(("COVERAGE", "COV_"))}
        return counted | {
            "HOME": str(self.home),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "LANG": "C.UTF-8",
            "NO_PROXY": "127.0.0.1",
            "RUN": str(self.run_folder),
            "DATABASE": self.database,
            "HOMEPORT_DOCKER_HOST": self.docker_host or "unix:///there/is/none",
            "HOMEPORT_PORT": str(self.ports[API_PORT]),
            "HOMEPORT_FRONT_PORTS": f"{front}-{self._last_port}",
        }

    def run(self, page: Page) -> None:
        """Run a page from its first block to its last.

        Raises:
            PageFailed: a command ended with another code than 0, or printed something else than the page shows.
        """
        page = Page(page.path, self._with_ports(page.text))
        steps = steps_of(page, self.files)
        code, how = self._bash("\n".join([_PRELUDE, *map(self._compiled, steps)]))
        reached = self._reached()
        for step in steps:
            printed = self._printed(step)
            if step.line == reached and code != 0:
                raise PageFailed(f"{page.path}:{step.line}: {how}\n{step.command}\n{printed}")
            if step.expected is not None and not matches(step.expected, printed):
                shown = f"the page shows\n{step.expected}\nit printed\n{printed}"
                raise PageFailed(f"{page.path}:{step.line}:\n{step.command}\n{shown}")
        if code != 0:
            raise PageFailed(f"{page.path}: {how}\n{self._printed_by_shell()}")

    def _with_ports(self, text: str) -> str:
        for named, own in self.ports.items():
            text = re.sub(rf"127\.0\.0\.1:{named}\b", f"127.0.0.1:{own}", text)
        return text

    def _compiled(self, step: Step) -> str:
        out = f'"$RUN/{step.line}.out"'
        after = f' &\nuntil_it_says {shlex.quote(step.background)} {out} "$!"' if step.background else ""
        return f"at {step.line}\n: >{out}\n{{\n{step.command.rstrip()}\n}} >{out} 2>&1 </dev/null{after}"

    def _bash(self, script: str) -> tuple[int, str]:
        """Run a script to its end; return its exit code and how it ended. What it started in its group is ended."""
        with (self.run_folder / "shell.out").open("wb") as out:
            shell = subprocess.Popen(
                ["bash", "-c", script],
                cwd=self.work,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
            try:
                shell.wait(LIMIT_SECONDS)
            except subprocess.TimeoutExpired:
                return 1, f"was not done after {LIMIT_SECONDS} s"
            else:
                return shell.returncode, f"ended with exit code {shell.returncode}"
            finally:
                self._end(shell)

    def _end(self, shell: subprocess.Popen[bytes]) -> None:
        """End what the page left running: the engine it started in the background, and all that it runs."""
        if self.data_dir.exists():
            down = ["homeport", "down", "--data-dir", str(self.data_dir)]
            subprocess.run(down, env=self.environment(), check=True, capture_output=True, timeout=LIMIT_SECONDS)
        try:
            os.killpg(shell.pid, signal.SIGTERM)
        except ProcessLookupError:
            return
        shell.wait()
        wait_for(lambda: not _runs(shell.pid), what="that what a page has started ends")

    def _reached(self) -> int:
        file = self.run_folder / "reached"
        return int(file.read_text().split()[-1]) if file.exists() else 0

    def _printed(self, step: Step) -> str:
        file = self.run_folder / f"{step.line}.out"
        return file.read_text(errors="replace") if file.exists() else ""

    def _printed_by_shell(self) -> str:
        return (self.run_folder / "shell.out").read_text(errors="replace")


def _runs(group: int) -> bool:
    """Tell whether a group of processes has members that run."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z" and int(fields[2]) == group:
            return True
    return False
