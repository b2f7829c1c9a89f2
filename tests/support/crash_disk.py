"""A disk that can be full: a small file system in memory, and what takes its last byte."""

from __future__ import annotations

import errno
import os
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
    """Yield a disk mounted at a folder; only root may mount, so for anybody else the test is skipped."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small file system can be mounted by root alone")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
