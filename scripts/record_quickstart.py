"""Record `homeport quickstart` in a terminal of its own, and write it as the moving picture in the README.

    .venv/bin/python scripts/record_quickstart.py        needs tmux

The picture is what the terminal showed, with the times it took; only the home folder's name is shortened.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from html import escape
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.segment import Segment
from rich.terminal_theme import MONOKAI
from rich.text import Text

TARGET: Final = Path(__file__).resolve().parent.parent / "docs" / "images" / "quickstart.svg"
COLUMNS: Final = 98
ROWS: Final = 26
CELL: Final = (8.4, 18.0)
"""Width and height of a character, in pixels."""
LAST_SECONDS: Final = 6.0
"""How long the last picture stays before the recording begins again."""
LIMIT_SECONDS: Final = 60.0
END: Final = "── The job"
"""What the terminal shows when the part that is recorded is over."""

PICTURE: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img"
 aria-label="A terminal in which homeport quickstart deploys its example">
<style>text{{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre}}{rules}</style>
<rect width="100%" height="100%" rx="8" fill="{background}"/>
{lines}
</svg>
"""

_TMUX: Final = ("tmux", "-L", "homeport-recording")


def record(home: str) -> list[tuple[float, str]]:
    """Run the quickstart and return what its terminal showed: seconds since the start, screen with its colours."""
    program = [str(Path(sys.executable).with_name("homeport")), "quickstart", "--exit", "--port", "0"]
    shell = f"printf '$ make quickstart\\n'; HOME={shlex.quote(home)} {shlex.join(program)}; sleep {LIMIT_SECONDS}"
    size = ["-x", str(COLUMNS), "-y", "200"]
    subprocess.run([*_TMUX, "new-session", "-d", *size, shell], check=True)
    try:
        return _watched()
    finally:
        subprocess.run([*_TMUX, "kill-server"], check=True)


def _watched() -> list[tuple[float, str]]:
    frames: list[tuple[float, str]] = []
    start = time.monotonic()
    while (at := time.monotonic() - start) < LIMIT_SECONDS:
        captured = subprocess.run(
            [*_TMUX, "capture-pane", "-p", "-e", "-J"], check=True, capture_output=True, text=True
        )
        screen = captured.stdout.rstrip()
        if not frames or frames[-1][1] != screen:
            frames.append((at, screen))
        if END in screen:
            return frames
        time.sleep(0.04)
    raise SystemExit("the quickstart did not come to its end")


def shown(frames: list[tuple[float, str]], home: str) -> list[tuple[float, list[Text]]]:
    """Return the frames up to the job's end as lines of text, each frame once."""
    found: list[tuple[float, list[Text]]] = []
    for at, screen in frames:
        before, _, _ = screen.replace(home, "~").partition(END)
        # At once, for a colour may go on over the end of a line.
        lines = list(Text.from_ansi(before.rstrip()).split("\n"))[-ROWS:]
        if not found or [line.markup for line in found[-1][1]] != [line.markup for line in lines]:
            found.append((at, lines))
    return found


def picture(frames: list[tuple[float, list[Text]]]) -> str:
    """Return the frames as one SVG that shows each for its time, again and again."""
    total = frames[-1][0] + LAST_SECONDS
    runs = [run for row in range(ROWS) for run in _runs(row, frames, total)]
    rules = "".join(_rule(number, start, end, total) for number, (start, end, _) in enumerate(runs))
    groups = [f'<g id="r{number}">{drawn}</g>' for number, (_, _, drawn) in enumerate(runs)]
    return PICTURE.format(
        width=COLUMNS * CELL[0] + 32,
        height=ROWS * CELL[1] + 32,
        rules=rules,
        background=MONOKAI.background_color.hex,
        lines="\n".join(groups),
    )


def _runs(row: int, frames: list[tuple[float, list[Text]]], total: float) -> Iterator[tuple[float, float, str]]:
    """Yield what a row shows, one look after the other: from when to when in seconds, and as it is drawn."""
    looks = [(at, _drawn(row, lines[row]) if row < len(lines) else "") for at, lines in frames]
    for drawn, same in groupby(looks, key=itemgetter(1)):
        start = next(same)[0]
        after = [at for at, look in looks if at > start and look != drawn]
        if drawn:
            yield start, min(after, default=total), drawn


def _rule(number: int, start: float, end: float, total: float) -> str:
    name = f"r{number}"
    frames = f"0%{{opacity:{int(start == 0)}}}{100 * start / total:.2f}%{{opacity:1}}"
    last = f"{100 * end / total:.2f}%{{opacity:0}}" if end < total else ""
    return f"@keyframes {name}{{{frames}{last}}}#{name}{{animation:{name} {total:.2f}s step-end infinite}}"


def _drawn(row: int, line: Text) -> str:
    """Return a line of the terminal as SVG, each stretch of one style as wide as its characters."""
    console = Console(width=COLUMNS * 2, color_system="truecolor", force_terminal=True)
    column, found = 0, []
    for text, style, _ in Segment.simplify(line.render(console)):
        shown_text = text.rstrip("\n")
        if text.strip():
            colour = style.color.get_truecolor(MONOKAI).hex if style and style.color else "#d9d9d9"
            weight = ' font-weight="bold"' if style and style.bold else ""
            place = f'x="{16 + column * CELL[0]:.1f}" y="{28 + row * CELL[1]:.0f}"'
            width = f'textLength="{len(shown_text) * CELL[0]:.1f}"'
            found.append(f'<text {place} {width} fill="{colour}"{weight}>{escape(shown_text)}</text>')
        column += len(shown_text)
    return "".join(found)


def main() -> None:
    """Record, and write the picture."""
    with tempfile.TemporaryDirectory(prefix="homeport-") as home:
        frames = record(home)
        subprocess.run(
            [str(Path(sys.executable).with_name("homeport")), "down"], env=os.environ | {"HOME": home}, check=False
        )
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(picture(shown(frames, home)))
    print(f"{TARGET}: {len(frames)} frames, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
