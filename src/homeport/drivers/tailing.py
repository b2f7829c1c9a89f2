"""Files that a program writes its log to, read line by line while it writes, across rotation and truncation.

What lies in the folders is the program's doing: no link is followed, and nothing but plain files is opened. All of it
blocks, so it is done in threads.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from homeport.drivers.process.layout import write_whole
from homeport.model.log_files import parsed

MOST_FILES: Final = 50
"""How many files of an instance are followed at a time."""
LONGEST_LINE: Final = 16 * 1024
"""Bytes of a line; a longer one is cut, as the Docker Engine does."""
PIECE: Final = 1024 * 1024
"""Most bytes that are read of a file at once."""

_LEVELS: Final = 5
"""How many folders `**` stands for at most, none included; as CAE's log service has it."""
_MOST_FOLDERS: Final = 500
"""How many folders are entered for one instance at a time."""
_COMPARED: Final = 64
"""How many bytes before the place that was read up to must be as they were."""
_PACKED: Final = (".gz", ".tar", ".zip")
_LINGER: Final = 3
"""How often a file is looked at that is no longer where it was: its program may not have opened the next one yet."""
_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC


class Watched(msgspec.Struct, frozen=True):
    """Files below a folder of this machine; `shown` is what their program writes before the way from there.

    From `folder` it is `within`, a way that is a program's doing as much as what lies beyond.
    """

    folder: str
    steps: tuple[str, ...]
    shown: str
    within: tuple[str, ...] = ()


class Mark(msgspec.Struct, frozen=True):
    """Up to which byte a file was read, and the last bytes before: other ones there mean that it was emptied since."""

    position: int = 0
    before: bytes = b""


class Bookmarks(msgspec.Struct, frozen=True):
    """What is followed, and how far each file was read, by device and inode."""

    watched: tuple[Watched, ...] = ()
    read: Mapping[str, Mark] = {}


class Root(NamedTuple):
    """A folder that programs cannot put another in the place of, and the way to one in it that they can."""

    folder: Path
    within: str = ""


def watched_in(path: str, roots: Mapping[str, Root], own: Mapping[str, Path] | None = None) -> Watched | None:
    """Return where the files of a path lie; None where its folder is not known to this machine.

    `roots` says which folders of an instance are which of this machine; the innermost counts for what is below it, and
    no link in it is followed. `own` says the same of those that are the program's as much as this one's (`/`, `~`, and
    nothing for relative paths), where links are.
    """
    pattern = parsed(path)
    for root in sorted(roots, key=len, reverse=True):
        if (inner := _below(pattern.folder, root)) is not None:
            steps = (*filter(None, inner.split("/")), *pattern.steps)
            within = tuple(filter(None, roots[root].within.split("/")))
            return Watched(str(roots[root].folder), steps, f"{root}/", within)
    for root in sorted(own or {}, key=len, reverse=True):
        if own is not None and (inner := _below(pattern.folder, root)) is not None:
            return Watched(str(own[root] / inner), pattern.steps, f"{pattern.folder}/" if pattern.folder else "")
    return None


def _below(folder: str, root: str) -> str | None:
    """Return the way from a root to a folder, relative; None where it leads elsewhere."""
    if root in ("", "/"):
        return folder.lstrip("/") if folder.startswith("/") == bool(root) else None
    if folder == root or folder.startswith(f"{root}/"):
        return folder[len(root) :].strip("/")
    return None


class _Seen(NamedTuple):
    """A file that was met: by device and inode, as its program calls it, and by its name in an open folder."""

    key: str
    shown: str
    name: str
    folder: int


class _File:
    """One file that is held open, so that what is written to it after a rotation is not lost."""

    def __init__(self, descriptor: int, shown: str, mark: Mark) -> None:
        self.descriptor = descriptor
        self.shown = shown
        self.position = mark.position
        self.before = mark.before
        self.rest = b""
        self.missed = 0

    @property
    def mark(self) -> Mark:
        """How far it was read: up to the first line that was not handed on."""
        position = self.position - len(self.rest)
        return Mark(position, self._before(position))

    def skip(self) -> None:
        """Take for read what is there."""
        self.position = os.fstat(self.descriptor).st_size

    def lines(self, most_behind: int) -> Iterator[bytes]:
        """Yield the lines that were added; one whose end is not there yet waits for it."""
        size = os.fstat(self.descriptor).st_size
        if size == self.position:
            return
        if size < self.position or not self._before(self.position).endswith(self.before):
            self.position, self.rest = 0, b""
        if size - self.position > most_behind:
            left_out = size - most_behind - self.position
            self.position, self.rest = size - most_behind, b""
            yield f"... {left_out} bytes left out ...".encode()
        piece = self._read(self.position, PIECE)
        self.position += len(piece)
        self.before = self._before(self.position)
        *whole, self.rest = (self.rest + piece).split(b"\n")
        for line in whole:
            yield from _cut(line)
        while len(self.rest) >= LONGEST_LINE:
            yield self.rest[:LONGEST_LINE]
            self.rest = self.rest[LONGEST_LINE:]

    def _read(self, position: int, size: int) -> bytes:
        return os.pread(self.descriptor, size, position)

    def _before(self, position: int) -> bytes:
        size = min(position, _COMPARED)
        return self._read(position - size, size)

    def rest_of_line(self) -> Iterator[bytes]:
        """Yield the line that has no end, where there is one."""
        rest, self.rest = self.rest, b""
        if rest:
            yield rest


class Tail:
    """Follows the files of one instance. What was read is remembered in a file, for whoever follows them next."""

    def __init__(self, watched: Sequence[Watched], bookmarks: Path, *, most_behind: int) -> None:
        """`most_behind` is how many bytes of a file may wait to be read; of more only the last are."""
        self._watched = tuple(watched)
        self._bookmarks = bookmarks
        self._most_behind = most_behind
        self._known = dict(read_bookmarks(bookmarks).read)
        self._remembered = dict(self._known)
        self._files: dict[str, _File] = {}
        self._told: set[str] = set()

    def begin(self) -> None:
        """Take for read what is there before the instance began, unless an earlier process has followed it."""
        if not self._bookmarks.exists():
            for seen in self._found():
                with contextlib.suppress(OSError):
                    if (file := self._opened(seen)) is not None:
                        file.skip()
                        self._known[seen.key] = file.mark
                        os.close(file.descriptor)
            self._write_down()

    def read(self) -> bytes:
        """Return the lines that were added since, each with the file that it came from before it."""
        return b"".join(self._lines())

    def finish(self) -> bytes:
        """Return what is left, and close the files; others may go on writing to those of a shared folder."""
        pieces: list[bytes] = []
        for _ in range(2 + self._most_behind // PIECE):
            if not (piece := self.read()):
                break
            pieces.append(piece)
        for key, file in self._files.items():
            pieces += (_marked(file, line) for line in file.rest_of_line())
            self._known[key] = file.mark
            os.close(file.descriptor)
        self._files.clear()
        return b"".join(pieces)

    def close(self) -> None:
        """Let go of the files; whoever follows them next goes on where this one was."""
        for file in self._files.values():
            os.close(file.descriptor)
        self._files.clear()

    def remember(self) -> bool:
        """Write down what was read, once it is kept elsewhere; tell whether anybody wants to know it still.

        Nobody does once the bookmarks are gone: the instance is.
        """
        if not self._bookmarks.exists():
            return False
        self._known |= {key: file.mark for key, file in self._files.items()}
        if self._known != self._remembered:
            self._write_down()
        return True

    def _write_down(self) -> None:
        write_whole(self._bookmarks, msgspec.json.encode(Bookmarks(self._watched, self._known)))
        self._remembered = dict(self._known)

    def _lines(self) -> Iterator[bytes]:
        here = set()
        for seen in self._found():
            here.add(seen.key)
            if seen.key in self._files:
                self._files[seen.key].shown = seen.shown
            elif len(self._files) >= MOST_FILES:
                yield from self._tell(seen.shown, f"not followed: {MOST_FILES} files of this instance are already")
            else:
                try:
                    if (opened := self._opened(seen)) is not None:
                        self._files[seen.key] = opened
                except OSError as error:
                    yield from self._tell(seen.shown, f"cannot be read: {error.strerror}")
        for key, file in list(self._files.items()):
            yield from (_marked(file, line) for line in file.lines(self._most_behind))
            file.missed = 0 if key in here else file.missed + 1
            if file.missed > _LINGER:
                yield from (_marked(file, line) for line in file.rest_of_line())
                os.close(self._files.pop(key).descriptor)
                self._known.pop(key, None)

    def _opened(self, seen: _Seen) -> _File | None:
        """Return a file that was met, open; None when something else is in its place by now."""
        descriptor = os.open(seen.name, _FLAGS | os.O_NONBLOCK, dir_fd=seen.folder)
        found = os.fstat(descriptor)
        if stat.S_ISREG(found.st_mode) and _key(found) == seen.key:
            return _File(descriptor, seen.shown, self._known.get(seen.key, Mark()))
        os.close(descriptor)
        return None

    def _tell(self, shown: str, words: str) -> Iterator[bytes]:
        """Say something of a file, once."""
        if shown not in self._told:
            self._told.add(shown)
            yield f"[{shown}] {words}\n".encode()

    def _found(self) -> Iterator[_Seen]:
        """Yield the files there are, each once; its folder is open until the next one is asked for."""
        walk, met = _Walk(), set[str]()
        for one in self._watched:
            try:
                folder = _entered(one)
            except OSError:
                # It may come later, or not at all.
                continue
            for seen in walk.below(folder, one.steps, one.shown):
                if seen.key not in met:
                    met.add(seen.key)
                    yield seen


def read_bookmarks(file: Path) -> Bookmarks:
    """Return what was remembered of an instance's files; nothing where nothing was."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Bookmarks)
    except (FileNotFoundError, msgspec.DecodeError):
        return Bookmarks()


def _entered(one: Watched) -> int:
    """Return the open folder below which files are watched."""
    folder = os.open(one.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    for step in one.within:
        try:
            inner = os.open(step, _FLAGS | os.O_DIRECTORY, dir_fd=folder)
        finally:
            os.close(folder)
        folder = inner
    return folder


class _Walk:
    """One look at the folders of an instance; only so many are entered."""

    def __init__(self) -> None:
        self._left = _MOST_FOLDERS

    def below(self, folder: int, steps: Sequence[str], shown: str, levels: int = _LEVELS) -> Iterator[_Seen]:
        """Yield the files of an open folder whose way fits `steps`; closes the folder."""
        step, *rest = steps
        try:
            if rest and step == "**":
                yield from self._inner(".", folder, rest, shown, levels)
            for entry in sorted(_entries(folder), key=lambda entry: entry.name):
                called = f"{shown}{entry.name}"
                if not rest:
                    yield from _plain(entry, step, called, folder)
                elif step == "**" and levels and entry.is_dir(follow_symlinks=False):
                    yield from self._inner(entry.name, folder, steps, f"{called}/", levels - 1)
                elif step != "**" and fnmatchcase(entry.name, step) and entry.is_dir(follow_symlinks=False):
                    yield from self._inner(entry.name, folder, rest, f"{called}/", levels)
        finally:
            os.close(folder)

    def _inner(self, name: str, folder: int, steps: Sequence[str], shown: str, levels: int) -> Iterator[_Seen]:
        if self._left:
            self._left -= 1
            with contextlib.suppress(OSError):
                inner = os.open(name, _FLAGS | os.O_DIRECTORY, dir_fd=folder)
                yield from self.below(inner, steps, shown, levels)


def _plain(entry: os.DirEntry[str], pattern: str, called: str, folder: int) -> Iterator[_Seen]:
    """Yield a file if it is one, and fits."""
    if fnmatchcase(entry.name, pattern) and not entry.name.endswith(_PACKED):
        with contextlib.suppress(OSError):
            found = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(found.st_mode):
                yield _Seen(_key(found), called, entry.name, folder)


def _entries(folder: int) -> list[os.DirEntry[str]]:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        return list(entries)
    return []


def _key(found: os.stat_result) -> str:
    return f"{found.st_dev}:{found.st_ino}"


def _marked(file: _File, line: bytes) -> bytes:
    return b"[%s] %s\n" % (os.fsencode(file.shown), line)


def _cut(line: bytes) -> Iterator[bytes]:
    for at in range(0, max(len(line), 1), LONGEST_LINE):
        yield line[at : at + LONGEST_LINE]
