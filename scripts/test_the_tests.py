"""Break a promise on purpose, and see that its test notices: one seeded defect after the other.

    scripts/test_the_tests.py [words of names]

The defects stand in `tests/defects.toml`. Each is a place in `src/`, what stands there, what is put in its place, and
the tests that must fail then; unharmed they must pass. The tree itself is never touched: the defect is put into a copy.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import Final

import msgspec

ROOT: Final = Path(__file__).resolve().parent.parent
DEFECTS: Final = ROOT / "tests" / "defects.toml"
LIMIT_SECONDS: Final = 300.0
"""A run that takes longer has not noticed anything."""
FAILED: Final = 1
"""Exit code of pytest when tests ran and some failed."""


class Defect(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A defect: in `file` the text `old`, which stands there once, becomes `new`; `tests` must notice."""

    promise: str
    """P1 to P12, as docs/explanation/reliability.md numbers them."""
    name: str
    file: str
    old: str
    new: str
    tests: list[str]


def load_defects(path: Path = DEFECTS) -> list[Defect]:
    """Return the defects of a file."""
    return msgspec.convert(tomllib.loads(path.read_text())["defect"], list[Defect])


def seeded(defect: Defect, text: str) -> str:
    """Return a file's text with a defect in it.

    Raises:
        ValueError: what the defect replaces does not stand there exactly once.
    """
    count = text.count(defect.old)
    if count != 1:
        raise ValueError(f"{defect.name}: in {defect.file} its text stands {count} times instead of once")
    return text.replace(defect.old, defect.new)


def noticed(source: Path, tests: list[str]) -> tuple[bool, str]:
    """Run tests on the package in a folder; tell whether some failed, and what pytest wrote."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    environment = os.environ | {"PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1", "MODEL_SEQUENCES": "250"}
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=LIMIT_SECONDS
        )
    except subprocess.TimeoutExpired:
        return False, f"no end within {LIMIT_SECONDS:g} s"
    if done.returncode not in (0, FAILED):
        raise SystemExit(f"the tests could not run:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return done.returncode == FAILED, done.stdout


def try_defect(defect: Defect) -> bool:
    """Seed a defect, run its tests, and tell whether they noticed."""
    with tempfile.TemporaryDirectory(prefix="homeport-defect-") as folder:
        source = Path(folder) / "src"
        shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
        file = Path(folder) / defect.file
        file.write_text(seeded(defect, file.read_text()))
        began = time.monotonic()
        caught, told = noticed(source, defect.tests)
    seconds = time.monotonic() - began
    print(f"{'caught' if caught else 'MISSED'}  {defect.promise:<4} {defect.name}  ({seconds:.0f} s)", flush=True)
    if not caught:
        print(told[-2000:])
    return caught


def main(words: list[str]) -> int:
    """Try the defects whose names hold all of these words; return the exit code."""
    chosen = [defect for defect in load_defects() if all(word in defect.name for word in words)]
    if not chosen:
        print(f"no defect's name holds {' '.join(words)}")
        return 2
    unharmed = list(dict.fromkeys(test for defect in chosen for test in defect.tests))
    print(f"{len(chosen)} defects; first their {len(unharmed)} tests on the code as it is", flush=True)
    failed, told = noticed(ROOT / "src", unharmed)
    if failed:
        print(f"they fail without any defect:\n{told[-4000:]}")
        return 1
    missed = [defect.name for defect in chosen if not try_defect(defect)]
    print(f"{len(chosen) - len(missed)} of {len(chosen)} caught")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
