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
from typing import Final

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
_COMPARED: Final = 64
_PACKED: Final = (".gz", ".tar", ".zip")
_LINGER: Final = 3
"""How often a file is looked at that is no longer where it was: its program may not have opened the next one yet."""
_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC


class Watched(msgspec.Struct, frozen=True):
    """Files below a folder of this machine; `shown` is what their program writes before the way from there."""

    folder: str
    steps: tuple[str, ...]
    shown: str


class Bookmarks(msgspec.Struct, frozen=True):
    """What is followed, and up to which byte each file was read, by device and inode."""

    watched: tuple[Watched, ...] = ()
    read: Mapping[str, int] = {}


def watched_in(path: str, roots: Mapping[str, Path], own: Mapping[str, Path] | None = None) -> Watched | None:
    """Return where the files of a path lie; None where its folder is not known to this machine.

    `roots` says which folders of an instance are which of this machine; the innermost counts for what is below it, and
    no link in it is followed. `own` says the same of those that are the program's as much as this one's (`/`, `~`, and
    nothing for relative paths), where links are.
    """
    pattern = parsed(path)
    for root in sorted(roots, key=len, reverse=True):
        if (inner := _below(pattern.folder, root)) is not None:
            steps = (*filter(None, inner.split("/")), *pattern.steps)
            return Watched(str(roots[root]), steps, f"{root}/")
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


class _File:
    """One file that is held open, so that what is written to it after a rotation is not lost."""

    def __init__(self, descriptor: int, shown: str, position: int) -> None:
        self.descriptor = descriptor
        self.shown = shown
        self.position = position
        self.rest = b""
        self.before = b""
        """The last bytes that were read: another text there means that the file was emptied and has grown again."""
        self.missed = 0

    @property
    def read_up_to(self) -> int:
        """Where the first line begins that was not handed on."""
        return self.position - len(self.rest)

    def lines(self, most_behind: int) -> Iterator[bytes]:
        """Yield the lines that were added; one whose end is not there yet waits for it."""
        size = os.fstat(self.descriptor).st_size
        if size == self.position:
            return
        if size < self.position or self._read(self.position - len(self.before), len(self.before)) != self.before:
            self.position, self.rest = 0, b""
        if size - self.position > most_behind:
            left_out = size - most_behind - self.position
            self.position, self.rest = size - most_behind, b""
            yield f"... {left_out} bytes left out ...".encode()
        piece = self._read(self.position, PIECE)
        self.position += len(piece)
        self.before = piece[-_COMPARED:]
        *whole, self.rest = (self.rest + piece).split(b"\n")
        for line in whole:
            yield from _cut(line)
        while len(self.rest) >= LONGEST_LINE:
            yield self.rest[:LONGEST_LINE]
            self.rest = self.rest[LONGEST_LINE:]

    def _read(self, position: int, size: int) -> bytes:
        return os.pread(self.descriptor, size, position)

    def last(self) -> Iterator[bytes]:
        """Yield the line that has no end, and close the file."""
        if self.rest:
            yield self.rest
        os.close(self.descriptor)


class Tail:
    """Follows the files of one instance. What was read is remembered in a file, for whoever follows them next."""

    def __init__(self, watched: Sequence[Watched], bookmarks: Path, *, most_behind: int) -> None:
        """`most_behind` is how many bytes of a file may wait to be read; of more only the last are."""
        self._watched = tuple(watched)
        self._bookmarks = bookmarks
        self._most_behind = most_behind
        self._known = dict(read_bookmarks(bookmarks).read)
        self._files: dict[str, _File] = {}
        self._told: set[str] = set()

    def begin(self) -> None:
        """Take for read what is there before the instance began, unless an earlier process has followed it."""
        if not self._bookmarks.exists():
            for key, _, size, _ in self._found():
                self._known[key] = size
            self._write_down(self._known)

    def read(self) -> bytes:
        """Return the lines that were added since, each with the file that it came from before it."""
        return b"".join(self._marked())

    def finish(self) -> bytes:
        """Return what is left, and close the files; others may go on writing to those of a shared folder."""
        pieces: list[bytes] = []
        for _ in range(2 + self._most_behind // PIECE):
            if not (piece := self.read()):
                break
            pieces.append(piece)
        for file in self._files.values():
            pieces += (_mark(file, line) for line in file.last())
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
        read = {**self._known, **{key: file.read_up_to for key, file in self._files.items()}}
        if read != self._known:
            self._write_down(read)
        return True

    def _write_down(self, read: dict[str, int]) -> None:
        self._known = read
        write_whole(self._bookmarks, msgspec.json.encode(Bookmarks(self._watched, read)))

    def _marked(self) -> Iterator[bytes]:
        here = set()
        for key, shown, _, place in self._found():
            here.add(key)
            if key in self._files:
                self._files[key].shown = shown
            elif len(self._files) < MOST_FILES:
                yield from self._opened(key, shown, place)
            else:
                yield from self._tell(shown, f"not followed: {MOST_FILES} files of this instance are already")
        for key, file in list(self._files.items()):
            yield from (_mark(file, line) for line in file.lines(self._most_behind))
            file.missed = 0 if key in here else file.missed + 1
            if file.missed > _LINGER:
                yield from (_mark(file, line) for line in file.last())
                del self._files[key]
                self._known.pop(key, None)

    def _opened(self, key: str, shown: str, place: tuple[str, int]) -> Iterator[bytes]:
        try:
            descriptor = os.open(place[0], _FLAGS | os.O_NONBLOCK, dir_fd=place[1])
        except OSError as error:
            yield from self._tell(shown, f"cannot be read: {error.strerror}")
            return
        found = os.fstat(descriptor)
        if stat.S_ISREG(found.st_mode) and _key(found) == key:
            self._files[key] = _File(descriptor, shown, self._known.get(key, 0))
        else:
            os.close(descriptor)

    def _tell(self, shown: str, words: str) -> Iterator[bytes]:
        """Say something of a file, once."""
        if shown not in self._told:
            self._told.add(shown)
            yield f"[{shown}] {words}\n".encode()

    def _found(self) -> Iterator[tuple[str, str, int, tuple[str, int]]]:
        """Yield the files there are: key, what it is called, size, and its name with the descriptor of its folder."""
        seen: set[str] = set()
        for one in self._watched:
            try:
                folder = os.open(one.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            except OSError:
                # It may come later, or not at all.
                continue
            for found in _walk(folder, one.steps, one.shown, _LEVELS):
                if found[0] not in seen:
                    seen.add(found[0])
                    yield found


def read_bookmarks(file: Path) -> Bookmarks:
    """Return what was remembered of an instance's files; nothing where nothing was."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Bookmarks)
    except (FileNotFoundError, msgspec.DecodeError):
        return Bookmarks()


def _walk(
    folder: int, steps: Sequence[str], shown: str, levels: int
) -> Iterator[tuple[str, str, int, tuple[str, int]]]:
    """Yield the files of an open folder whose way fits `steps`; closes the folder."""
    step, *rest = steps
    try:
        entries = sorted(_entries(folder), key=lambda entry: entry.name)
        if rest and step == "**":
            with contextlib.suppress(OSError):
                yield from _walk(os.dup(folder), rest, shown, levels)
        for entry in entries:
            called = f"{shown}{entry.name}"
            if rest and entry.is_dir(follow_symlinks=False):
                goes_on = (steps, levels - 1) if step == "**" else (rest, levels)
                if (step == "**" and levels > 0) or (step != "**" and fnmatchcase(entry.name, step)):
                    with contextlib.suppress(OSError):
                        inner = os.open(entry.name, _FLAGS | os.O_DIRECTORY, dir_fd=folder)
                        yield from _walk(inner, goes_on[0], f"{called}/", goes_on[1])
            elif not rest and fnmatchcase(entry.name, step) and not entry.name.endswith(_PACKED):
                with contextlib.suppress(OSError):
                    found = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(found.st_mode):
                        yield _key(found), called, found.st_size, (entry.name, folder)
    finally:
        os.close(folder)


def _entries(folder: int) -> list[os.DirEntry[str]]:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        return list(entries)
    return []


def _key(found: os.stat_result) -> str:
    return f"{found.st_dev}:{found.st_ino}"


def _mark(file: _File, line: bytes) -> bytes:
    return b"[%s] %s\n" % (os.fsencode(file.shown), line)


def _cut(line: bytes) -> Iterator[bytes]:
    for at in range(0, max(len(line), 1), LONGEST_LINE):
        yield line[at : at + LONGEST_LINE]
