"""Starting a supervisor that nobody is the parent of, and waiting until it answers."""

from __future__ import annotations

import fcntl
import logging
import os
import socket
import sys
from pathlib import Path
from typing import Final

from homeport.drivers.process.layout import Layout
from homeport.supervisor import logfiles
from homeport.supervisor.server import AlreadyRuns, run

_READY: Final = b"ready"
_WAIT_FOR_LAST_SECONDS: Final = 15.0
_LARGEST_LOG: Final = 1024 * 1024


def run_detached(data_dir: Path, *, idle_seconds: float, cgroups: bool) -> None:
    """Start a supervisor in a session of its own and return when it answers; of two starters one waits for the other.

    Raises:
        AlreadyRuns: one answers already.
        OSError: it did not come to answer; its own words are the error's.
    """
    layout = Layout(data_dir)
    layout.prepare()
    with layout.data_dir.joinpath("supervisor.starting").open("wb") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        if _answers(layout):
            raise AlreadyRuns(f"the supervisor of {data_dir} runs")
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(reading)
            starting.close()
            _become_daemon(layout, keep=writing)
            _run_in_child(layout, writing, idle_seconds=idle_seconds, cgroups=cgroups)
        os.close(writing)
        _await_word(reading)


def _await_word(reading: int) -> None:
    with os.fdopen(reading, "rb") as pipe:
        word = pipe.read()
    if word != _READY:
        raise OSError(word.decode(errors="replace") or "it ended at once; see supervisor.log in the data folder")


def _run_in_child(layout: Layout, writing: int, *, idle_seconds: float, cgroups: bool) -> None:
    def say(word: bytes) -> None:
        os.write(writing, word)
        os.close(writing)

    code = 1
    try:
        run(
            layout.data_dir,
            idle_seconds=idle_seconds,
            cgroups=cgroups,
            ready=lambda: say(_READY),
            wait_seconds=_WAIT_FOR_LAST_SECONDS,
        )
        code = 0
    except (AlreadyRuns, OSError) as error:
        logging.getLogger(__name__).exception("the supervisor ends")
        say(str(error).encode())
    finally:
        # The parent's cleaning up is the parent's: this process must end here, whatever happened.
        logging.shutdown()
        os._exit(code)


def _become_daemon(layout: Layout, *, keep: int) -> None:
    os.setsid()
    os.chdir("/")
    if logfiles.is_over(layout.supervisor_log, _LARGEST_LOG):
        logfiles.rotate(layout.supervisor_log, _LARGEST_LOG)
    log = os.open(layout.supervisor_log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    null = os.open(os.devnull, os.O_RDONLY)
    for target, source in ((0, null), (1, log), (2, log)):
        os.dup2(source, target)
    # Whatever the starter handed down is let go of: it would wait for the end of a pipe that is held open here.
    os.closerange(3, keep)
    os.closerange(keep + 1, os.sysconf("SC_OPEN_MAX"))
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("uvicorn").setLevel(logging.WARNING)


def _answers(layout: Layout) -> bool:
    where = layout.where()
    if where is None:
        return False
    with socket.socket(socket.AF_UNIX) as attempt:
        try:
            attempt.connect(where.socket)
        except OSError:
            return False
    return True
