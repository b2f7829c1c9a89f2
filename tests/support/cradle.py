"""The process of a nursery (nursery.py), which has imported everything and forks engines and supervisors."""

from __future__ import annotations

import ctypes
import encodings.idna  # noqa: F401
import gc
import importlib.readers
import importlib.resources.readers  # noqa: F401
import io
import json
import os
import resource
import select
import signal
import socket
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NoReturn

# All that a child needs is imported here, whether it is called here or not.
import anyio._backends._asyncio
import anyio.streams.tls  # noqa: F401
import httpcore2  # noqa: F401
import httptools  # noqa: F401
import uvicorn.lifespan.off
import uvicorn.protocols.http.httptools_impl  # noqa: F401

import homeport.api.server
import homeport.app
import homeport.drivers.process.driver
import homeport.routing.front_client
import homeport.store.postgres.store
import homeport.supervisor.__main__
from homeport.drivers.process.build import __main__ as build
from homeport.drivers.process.link import SupervisorLink
from homeport.settings import load_settings
from homeport.supervisor.processes import Processes
from support.crash_child import prepare
from support.identity import quick_passwords
from support.supervisors import DOOR, SUPERVISOR, supervisor_at

_LONGEST_ORDER: Final = 1 << 20
_BUILD: Final = (sys.executable, "-P", "-m", "homeport.drivers.process.build")

_codes: dict[int, int] = {}
_spawn_program = Processes._spawn


def main() -> None:
    """Fork what is ordered until the maker is gone.

    The first argument is the descriptor of a socket on which the maker orders engines and asks how they ended, the
    second that of one with a name in the file system, at which the engines order their supervisors.
    """
    orders, door = (socket.socket(fileno=int(descriptor)) for descriptor in sys.argv[1:3])
    quick_passwords()
    Processes._spawn = _spawn
    signal.signal(signal.SIGCHLD, _bury)
    gc.enable()
    gc.freeze()
    while True:
        for ready in select.select([orders, door], [], [])[0]:
            message, descriptors, _, _ = socket.recv_fds(ready, _LONGEST_ORDER, 2)
            if not message:
                return
            if not descriptors:
                _bury()
                orders.send(str(_codes.pop(int(message))).encode())
                continue
            pid = os.fork()
            if pid == 0:
                orders.close()
                door.close()
                _become(json.loads(message), descriptors)
            for descriptor in descriptors:
                os.close(descriptor)
            if ready is orders:
                orders.send(str(pid).encode())


def _bury(*_: object) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        _codes[pid] = os.waitstatus_to_exitcode(status)


def _become(environ: dict[str, str], descriptors: Sequence[int]) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number, descriptor in enumerate(descriptors, start=1):
        os.dup2(descriptor, number)
        os.close(descriptor)
    door, arguments = environ.pop(DOOR, ""), environ.pop(SUPERVISOR, None)
    if arguments is not None:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        _look_like([sys.executable, "-m", "homeport.supervisor", *json.loads(arguments)], environ)
        os._exit(homeport.supervisor.__main__.main())
    part = environ.pop("PART")
    SupervisorLink._start = lambda link: supervisor_at(door, link)
    _look_like([sys.executable, part], environ)
    prepare(os.environ)
    run = getattr(homeport.app, part)
    run(load_settings({}, os.environ, None), lambda ready: print("ready", ready.url, flush=True))  # noqa: T201
    # Without taking apart first what it has imported.
    os._exit(0)


def _spawn(
    self: Processes, argv: Sequence[str], environ: Mapping[str, str], places: Sequence[str], descriptors: Sequence[int]
) -> int:
    """Fork a build where a supervisor would start a Python for it; anything else is started as always."""
    if tuple(argv[:-1]) != _BUILD:
        return _spawn_program(self, argv, environ, places, descriptors)
    pid = os.fork()
    if pid == 0:
        # Whatever happens: what follows the fork in the supervisor is the supervisor's.
        try:
            _build(self._files, argv, environ, places, descriptors[0])
        except BaseException:  # noqa: BLE001 - whatever it is, the log of the build tells it
            traceback.print_exc()
        finally:
            os._exit(125)
    return pid


def _build(files: int, argv: Sequence[str], environ: Mapping[str, str], places: Sequence[str], log: int) -> NoReturn:
    os.setsid()
    signal.set_wakeup_fd(-1)
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        if signal.getsignal(number) is not None:
            signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for target, source in ((0, os.open(os.devnull, os.O_RDONLY)), (1, log), (2, log)):
        os.dup2(source, target)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    folder, *groups = places
    os.chdir(folder)
    for group in groups:
        Path(group).write_text("0")
    _look_like(argv, environ)
    sys.stdout = sys.stderr = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), write_through=True)
    os._exit(build.main(Path(argv[-1])))


def _look_like(argv: Sequence[str], environ: Mapping[str, str]) -> None:
    """Be found in /proc (proc(5), cmdline and environ) by the arguments and variables that this process now has."""
    os.environ.clear()
    os.environ.update(environ)
    sys.argv[1:] = argv[argv.index("-m") + 2 :] if "-m" in argv else argv[1:]
    fields = Path("/proc/self/stat").read_bytes().rpartition(b")")[2].split()
    # The 48th to 51st field, of which the first two stand before the bracket.
    first_argument, end_of_arguments, first_variable, end_of_variables = map(int, fields[45:49])
    _write(first_argument, end_of_arguments, argv)
    _write(first_variable, end_of_variables, [f"{name}={value}" for name, value in environ.items()])


def _write(first: int, end: int, words: Sequence[str]) -> None:
    text = b"".join(os.fsencode(word) + b"\0" for word in words)
    assert len(text) <= end - first, "the nursery has too little room"
    ctypes.memmove(first, text.ljust(end - first, b"\0"), end - first)
