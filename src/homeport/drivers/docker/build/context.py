"""The context of a build: a tar of the source, made while it is sent, with no owner and no surprising mode in it."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from homeport.drivers.docker.build.ignoring import Ignored
from homeport.model.causes import Cause, failed

DOCKERFILE: Final = ".homeport.Dockerfile"
"""Name of the Dockerfile in the context; the Engine takes it away before anything is copied."""

_IGNORE_FILE: Final = ".dockerignore"
_PIECE: Final = 1 << 20


def context_of(root: Path, dockerfile: str, *, limit: int) -> Iterator[bytes]:
    """Yield the tar of a folder, without `.git` and what its `.dockerignore` names.

    Raises:
        TaskFailed: its files are more than `limit` bytes (`source-invalid`).
    """
    file = root / _IGNORE_FILE
    ignored = Ignored(file.read_text(errors="replace").splitlines() if file.is_file() else ())
    yield from _text(DOCKERFILE, dockerfile)
    # The Engine looks here, too, and keeps these two out of the image.
    yield from _text(_IGNORE_FILE, f"{DOCKERFILE}\n{_IGNORE_FILE}\n")
    left = limit
    for path in _paths(root, ignored):
        if path.is_file() and not path.is_symlink():
            left -= path.stat().st_size
        if left < 0:
            advice = "Leave files out by a .dockerignore, or raise the setting max_unpacked_bytes."
            raise failed(Cause.SOURCE_INVALID, f"the source is larger than {limit} bytes", advice=advice)
        yield from _entry(path, path.relative_to(root).as_posix())
    yield tarfile.NUL * (2 * tarfile.BLOCKSIZE)


def _paths(root: Path, ignored: Ignored) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        names = {name: (here / name).relative_to(root).as_posix() for name in (*folders, *files)}
        out = {name for name, path in names.items() if path in ignored or path in (".git", DOCKERFILE, _IGNORE_FILE)}
        folders[:] = sorted(
            name for name in folders if name not in out or (ignored.has_exceptions and names[name] != ".git")
        )
        yield from (here / name for name in sorted(names) if name not in out)


def _entry(path: Path, name: str) -> Iterator[bytes]:
    info = tarfile.TarInfo(name)
    found = path.lstat()
    info.mtime = int(found.st_mtime)
    if path.is_symlink():
        info.type, info.linkname = tarfile.SYMTYPE, str(path.readlink())
    elif path.is_dir():
        info.type, info.mode = tarfile.DIRTYPE, 0o755
    elif path.is_file():
        info.size, info.mode = found.st_size, 0o755 if found.st_mode & 0o100 else 0o644
    else:
        return
    yield _head(info)
    if info.isreg():
        with path.open("rb") as content:
            while piece := content.read(_PIECE):
                yield piece
        yield tarfile.NUL * (-info.size % tarfile.BLOCKSIZE)


def _text(name: str, text: str) -> Iterator[bytes]:
    content = text.encode()
    info = tarfile.TarInfo(name)
    info.size = len(content)
    yield _head(info) + content + tarfile.NUL * (-info.size % tarfile.BLOCKSIZE)


def _head(info: tarfile.TarInfo) -> bytes:
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape")
