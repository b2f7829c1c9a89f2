"""Unpacking what strangers packed: nothing leaves the folder, nothing grows without end, nothing but plain files.

Every entry is judged by itself, and what it really unpacks to is counted, not what its header claims.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Generator
from contextlib import closing
from lzma import LZMAError
from pathlib import Path
from typing import IO, Final

import msgspec

from homeport.model.causes import Cause, TaskFailed, failed

_PIECE: Final = 1 << 20
_OF_THE_MACHINE: Final = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.EACCES, errno.EROFS)
"""Errors that the package is not to blame for."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The most that may come out of a package."""

    entries: int
    unpacked_bytes: int


class _Entry(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    mode: int = 0o644
    link: str | None = None
    """Where it points to, for a symbolic link."""
    twin: str | None = None
    """Which earlier entry it is another name of, for a hard link."""
    folder: bool = False
    content: IO[bytes] | None = None


def unpack(package: Path, target: Path, limits: Limits) -> None:
    """Unpack a .zip or a .tar of any compression into the folder `target`, which must not be there yet.

    Raises:
        TaskFailed: it is no package, or an entry of it is not to be trusted (`source-invalid`, naming the entry).
    """
    _Unpacking(target, limits).run(_entries(package))


def copy_folder(source: Path, target: Path, limits: Limits) -> None:
    """Copy a local folder into the folder `target`, which must not be there yet; links are copied as links.

    Raises:
        TaskFailed: it is too large or holds what is no file (`source-invalid`, naming the entry).
    """
    if target.is_relative_to(source):
        raise failed(Cause.SOURCE_INVALID, f"{source} holds the data folder itself and cannot be copied into it")
    _Unpacking(target, limits).run(_folder_entries(source), trusted=True)


class _Unpacking:
    """One package on its way into one folder."""

    def __init__(self, target: Path, limits: Limits) -> None:
        self._target = target
        self._limits = limits
        self._left = limits.unpacked_bytes

    def run(self, entries: Generator[_Entry], *, trusted: bool = False) -> None:
        self._target.mkdir(parents=True)
        links: list[_Entry] = []
        count = 0
        with closing(entries):
            for count, entry in enumerate(entries, start=1):
                if count > self._limits.entries:
                    raise _invalid(entry.name, f"is one too many: at most {self._limits.entries} entries are taken")
                self._try_put(entry)
                if entry.link is not None and not trusted:
                    links.append(entry)
        if count == 0:
            raise failed(Cause.SOURCE_INVALID, "the package is empty")
        # Only now is it certain what each link points to: a later entry may have changed a folder on its way.
        for entry in links:
            self._check_link(entry)

    def _try_put(self, entry: _Entry) -> None:
        try:
            self._put(entry)
        except ValueError as error:
            raise _invalid(entry.name, f"cannot be unpacked: {error}") from error
        except OSError as error:
            if error.errno in _OF_THE_MACHINE:
                raise
            raise _invalid(entry.name, f"cannot be unpacked: {error.strerror}") from error
        finally:
            if entry.content is not None:
                entry.content.close()

    def _put(self, entry: _Entry) -> None:
        path = self._place(entry.name)
        if entry.folder:
            return path.mkdir(parents=True, exist_ok=True)
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.exists():
            raise _invalid(entry.name, "stands where there is a folder already")
        if entry.link is not None:
            return path.symlink_to(entry.link)
        if entry.twin is not None:
            return os.link(self._twin(entry), path, follow_symlinks=False)
        if entry.content is None:
            raise _invalid(entry.name, "is neither a file nor a folder nor a link (a device, a socket or a pipe)")
        return self._write(entry, path, entry.content)

    def _place(self, name: str) -> Path:
        """Return where an entry goes, with the folders on its way made; no link on the way may lead out."""
        parts = Path(name.replace("\\", "/")).parts
        if name.startswith(("/", "\\")) or ".." in parts:
            raise _invalid(name, "would be put outside of the package's folder")
        path = self._target.joinpath(*parts)
        if not self._inside(path.parent):
            raise _invalid(name, "would be put outside of the package's folder by a link")
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _twin(self, entry: _Entry) -> Path:
        twin = self._place(entry.twin or "")
        if twin.is_symlink() or not twin.is_file():
            raise _invalid(entry.name, f"is another name of {entry.twin}, which is no file before it in the package")
        return twin

    def _check_link(self, entry: _Entry) -> None:
        path = self._place(entry.name)
        if path.is_symlink() and not (self._inside(path) and not Path(entry.link or "").is_absolute()):
            raise _invalid(entry.name, f"is a link that leaves the package's folder: {entry.link}")

    def _inside(self, path: Path) -> bool:
        return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self._target))

    def _write(self, entry: _Entry, path: Path, content: IO[bytes]) -> None:
        # Neither setuid nor setgid, and nobody else may write.
        mode = stat.S_IMODE(entry.mode) & 0o755 | 0o600
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
        with os.fdopen(descriptor, "wb") as file:
            while piece := _read(entry.name, content):
                self._left -= len(piece)
                if self._left < 0:
                    limit = self._limits.unpacked_bytes
                    what = f"makes the package larger than {limit} bytes when it is unpacked"
                    advice = "Make the package smaller, or raise the setting max_unpacked_bytes."
                    raise _invalid(entry.name, what, advice=advice)
                file.write(piece)


def _read(name: str, content: IO[bytes]) -> bytes:
    try:
        return content.read(_PIECE)
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, LZMAError, EOFError, ValueError) as error:
        raise _invalid(name, f"cannot be unpacked: {error}") from error


def _entries(package: Path) -> Generator[_Entry]:
    try:
        if zipfile.is_zipfile(package):
            yield from _zip_entries(package)
        else:
            yield from _tar_entries(package)
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, LZMAError, EOFError, NotImplementedError) as error:
        raise failed(Cause.SOURCE_INVALID, f"{package.name} is no package that can be unpacked: {error}") from error
    except OSError as error:
        if error.errno is None:
            # gzip and bz2 say so that the data is not theirs.
            raise failed(Cause.SOURCE_INVALID, f"{package.name} is no package that can be unpacked: {error}") from error
        raise


def _zip_entries(package: Path) -> Generator[_Entry]:
    with zipfile.ZipFile(package) as archive:
        for info in archive.infolist():
            mode = info.external_attr >> 16
            if info.flag_bits & 0x1:
                raise _invalid(info.filename, "is encrypted")
            if info.is_dir():
                yield _Entry(name=info.filename, folder=True)
            elif stat.S_ISLNK(mode):
                if info.file_size > os.pathconf("/", "PC_PATH_MAX"):
                    raise _invalid(info.filename, "is a link of impossible length")
                yield _Entry(name=info.filename, link=os.fsdecode(archive.read(info)))
            elif stat.S_IFMT(mode) in (0, stat.S_IFREG):
                yield _Entry(name=info.filename, mode=mode or 0o644, content=archive.open(info))
            else:
                yield _Entry(name=info.filename)


def _tar_entries(package: Path) -> Generator[_Entry]:
    with tarfile.open(package) as archive:
        for member in archive:
            if member.isdir():
                yield _Entry(name=member.name, folder=True)
            elif member.issym():
                yield _Entry(name=member.name, link=member.linkname)
            elif member.islnk():
                yield _Entry(name=member.name, twin=member.linkname)
            else:
                content = archive.extractfile(member) if member.isfile() else None
                yield _Entry(name=member.name, mode=member.mode, content=content)


def _folder_entries(source: Path) -> Generator[_Entry]:
    for folder, folders, files in os.walk(source):
        for name in [*folders, *files]:
            path = Path(folder, name)
            relative = str(path.relative_to(source))
            if path.is_symlink():
                yield _Entry(name=relative, link=str(path.readlink()))
            elif path.is_dir():
                yield _Entry(name=relative, folder=True)
            elif path.is_file():
                yield _Entry(name=relative, mode=path.stat().st_mode, content=path.open("rb"))
            else:
                yield _Entry(name=relative)


def source_root(folder: Path) -> Path:
    """Return where the source begins: the only folder in `folder` when there is nothing beside it, else `folder`."""
    inside = list(folder.iterdir())
    return inside[0] if len(inside) == 1 and inside[0].is_dir() and not inside[0].is_symlink() else folder


def flatten(folder: Path) -> None:
    """Let the source begin in `folder` itself, where it was packed below one folder."""
    root = source_root(folder)
    if root != folder:
        aside = folder.with_name(f"{folder.name}.below")
        root.rename(aside)
        shutil.rmtree(folder)
        aside.rename(folder)


def _invalid(name: str, what: str, *, advice: str = "") -> TaskFailed:
    return failed(Cause.SOURCE_INVALID, f"entry {name!r} of the package {what}", advice=advice)
