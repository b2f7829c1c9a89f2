"""A disk that can be full: a small file system in memory, and what takes its last byte."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

_PIECE: Final = 64 * 1024


class Disk:
    """A folder that holds so much and no more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Take all that is free; nobody can write another byte to it."""
        with self._ballast.open("ab", buffering=0) as ballast:
            for piece in (_PIECE, 1):
                _write_until_full(ballast.fileno(), piece)

    def free(self) -> None:
        """Give it back."""
        self._ballast.unlink()


def _write_until_full(descriptor: int, piece: int) -> None:
    zeros = bytes(piece)
    try:
        while os.write(descriptor, zeros):
            pass
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise


@contextmanager
def a_disk(folder: Path, megabytes: int) -> Iterator[Disk]:
    """Yield a disk mounted at a folder; where nobody may mount one the test is skipped."""
    folder.mkdir(parents=True, exist_ok=True)
    options = f"size={megabytes}m,mode=0777"
    if not _as_root("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)):
        pytest.skip("a small file system can be mounted only by root, or by sudo without a password")
    try:
        yield Disk(folder)
    finally:
        assert _as_root("umount", "--lazy", str(folder))


def _as_root(*command: str) -> bool:
    """Run a command as root; tell whether it ended well."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and shutil.which("sudo") is None:
        return False
    return subprocess.run([*sudo, *command], check=False, capture_output=True).returncode == 0
