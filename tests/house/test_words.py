"""Words that stand in no file of this project: addresses of package registries, and places of one machine alone."""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from house.tree import ROOT, nothing_of

FORBIDDEN: Final = (
    # Written in pieces, so that this file does not hold them either.
    "pypi" + r"\.org",
    "pypi" + r"\.python\.org",
    "python" + r"hosted\.org",
    "deb" + r"\.debian\.org",
    "security" + r"\.debian\.org",
    "registry" + r"\.npmjs\.org",
    "registry" + r"\.yarnpkg\.com",
    "/work" + "/",
    "/tmp/" + "bash_jobs",
    r"\." + "library/",
    "/opt/" + "(pypi|wheels)",
)
_PATTERN: Final = re.compile("|".join(FORBIDDEN), re.IGNORECASE)

NOT_OURS: Final = (".git", ".venv", ".venv-peers", "build", "dist", "htmlcov", "__pycache__")


def forbidden_words(texts: Iterable[tuple[str, str]]) -> list[str]:
    """Return where a forbidden word stands, by path and text."""
    return [
        f"{path}:{number}: {found.group()}"
        for path, text in texts
        for number, line in enumerate(text.splitlines(), start=1)
        if (found := _PATTERN.search(line))
    ]


def _texts() -> Iterable[tuple[str, str]]:
    for path in _files():
        try:
            yield str(path.relative_to(ROOT)), path.read_text()
        except UnicodeDecodeError:
            continue  # a picture or a package


def _files() -> list[Path]:
    """Return what git has or would take; without a repository everything but what is made."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not _made(path.relative_to(ROOT))]
    return [path for path in found if path.is_file()]


def _made(path: Path) -> bool:
    return any(part in NOT_OURS or part.endswith("_cache") or part == ".hypothesis" for part in path.parts)


def test_no_file_names_a_registry_or_one_machine():
    nothing_of(forbidden_words(_texts()))


def test_a_forbidden_word_is_found_with_its_line():
    text = "fine\nindex-url = https://" + "pypi" + ".org/simple\n"
    assert forbidden_words([("a.txt", text)]) == ["a.txt:2: " + "pypi" + ".org"]


def test_the_files_that_git_ignores_are_not_read():
    assert not [path for path in _files() if ".venv" in path.parts]
