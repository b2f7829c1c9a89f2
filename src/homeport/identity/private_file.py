"""Files that hold secrets: mode 0600, written whole or not at all, refused when others may read them."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path


class SharedFile(Exception):  # noqa: N818 - said of the file, not of the program
    """Somebody beside its owner may use a file with secrets; the text says how to close it."""

    def __init__(self, path: Path, mode: int) -> None:
        super().__init__(f"{path} holds secrets, but its mode {mode:04o} lets others use it; run: chmod 600 {path}")


def write_private(path: Path, text: str, *, replace: bool = False) -> None:
    """Make the file `path` with mode 0600; when this returns it is on the disk, under its name, and whole.

    Unless it shall replace what is there, exactly one of several processes that do so at once succeeds: the others get
    `FileExistsError`. Raises any other `OSError` of the file system.
    """
    handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            Path(draft).rename(path)
        else:
            # A link, unlike a rename, never replaces what another process made meanwhile.
            path.hardlink_to(draft)
    finally:
        Path(draft).unlink(missing_ok=True)
    _sync_folder(path.parent)


def read_private(path: Path, longest: int) -> str:
    """Return the first `longest` characters of the file `path`; bytes that are no UTF-8 read as U+FFFD.

    Raises `SharedFile` when group or others have any right to it, and any `OSError` of the file system.
    """
    with path.open(encoding="utf-8", errors="replace") as file:
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        if mode & 0o077:
            raise SharedFile(path, mode)
        return file.read(longest)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
