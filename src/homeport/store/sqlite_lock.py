"""The lock that makes one process the owner of a SQLite file, and how its owner is asked to end."""

from __future__ import annotations

import errno
import fcntl
import os
import select
import signal
from pathlib import Path
from typing import Final

from homeport.store.base import StoreBusy

_LONGEST_PID: Final = 32


def take_lock(database: Path) -> int:
    """Make this process the owner of a database file and return the descriptor that holds the lock.

    Raises:
        StoreBusy: another process owns it.
    """
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(_lock_file(database), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = _owner(descriptor)
        os.close(descriptor)
        raise StoreBusy(
            f"{database} belongs to a running Homeport (process {owner or 'unknown'}); stop it with `homeport down`, "
            "or use another --data-dir"
        ) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return descriptor


def stop_owner(database: Path, within: float) -> bool:
    """Ask the owner of a database file to end and wait until it has; False when nobody owns it.

    Raises:
        TimeoutError: it has not ended within so many seconds.
        PermissionError: it belongs to another user.
    """
    try:
        descriptor = os.open(_lock_file(database), os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        owner = _owner_of_held(descriptor)
        return owner is not None and _end(owner, within)
    finally:
        os.close(descriptor)


def _owner_of_held(descriptor: int) -> int | None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return _owner(descriptor)
    return None


def _end(owner: int, within: float) -> bool:
    try:
        process = os.pidfd_open(owner)
    except OSError as error:
        if error.errno == errno.ESRCH:
            return False
        raise
    try:
        signal.pidfd_send_signal(process, signal.SIGTERM)
        # A pidfd becomes readable when its process has ended.
        if not select.select([process], [], [], within)[0]:
            raise TimeoutError(f"process {owner} did not end within {within:g} s; see its log, or kill it")
    finally:
        os.close(process)
    return True


def _owner(descriptor: int) -> int | None:
    text = os.pread(descriptor, _LONGEST_PID, 0).decode(errors="replace").strip()
    return int(text) if text.isdigit() else None


def _lock_file(database: Path) -> Path:
    return database.with_name(database.name + ".lock")
