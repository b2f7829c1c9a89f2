"""What there is of a data folder on this machine: processes, instances, control groups, listening ports, files."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Final

import msgspec

from homeport.drivers.base import Known
from homeport.drivers.process.layout import Layout
from homeport.drivers.process.link import SupervisorLink
from homeport.drivers.process.wire import Info
from homeport.model.causes import TaskFailed
from homeport.supervisor.groups import MARKER

_PORTS_AT_ONCE: Final = 20
_blocks = count()


def front_range() -> tuple[int, int]:
    """Return the first and the last port for a front, others than were given out before, here or in another process.

    An address keeps its port while no supervisor runs; no other test may take it meanwhile.
    """
    # Processes whose ids are near have their places far apart.
    block = (os.getpid() * 247 + next(_blocks)) % 400
    first = 12_000 + block * _PORTS_AT_ONCE
    return first, first + _PORTS_AT_ONCE - 1


def front_ports() -> str:
    """Return such a range as the setting `front_ports` has it."""
    first, last = front_range()
    return f"{first}-{last}"


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; a zombie does not."""
    return _state(pid) not in "ZX"


def is_stopped(pid: int) -> bool:
    """Tell whether a process was stopped by a signal and not been woken since."""
    return _state(pid) == "T"


def _state(pid: int) -> str:
    """Return the letter for what a process does (proc(5)); X for one that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return "X"


def children(pid: int) -> list[int]:
    """Return the processes that a process has started and that still are its own."""
    return [other for other in _pids() if is_alive(other) and _parent(other) == pid]


def family(pids: Iterable[int]) -> set[int]:
    """Return processes with all that they have started, and what those have, as far as it still is their own."""
    found = set(pids)
    for pid in list(found):
        found |= family(children(pid))
    return found


def processes(data_dir: Path) -> dict[int, str]:
    """Return whatever lives of a data folder, by its environment, its arguments or its control group."""
    layout = Layout(data_dir)
    marks = (
        os.fsencode(layout.data_dir) + b"/",
        os.fsencode(layout.data_dir) + b"\0",
        f"homeport-{layout.key}/".encode(),
    )
    found = {}
    for pid in _pids():
        texts = [_read(pid, name) for name in ("cmdline", "environ", "cgroup")]
        if any(mark in text for mark in marks for text in texts) and is_alive(pid):
            found[pid] = texts[0].replace(b"\0", b" ").decode(errors="replace")
    return found


def programs(data_dir: Path) -> dict[int, str]:
    """Return what lives of a data folder's instances and builds: all but the engine and the supervisor."""
    known = supervisor(data_dir)
    house = {os.getpid(), known.pid if known else 0}
    return {
        pid: command
        for pid, command in processes(data_dir).items()
        if pid not in house and b"HOMEPORT_DATA_DIR=" not in _read(pid, "environ")
    }


def programs_of(data_dir: Path, name: str) -> set[int]:
    """Return the processes of a component's instances, or of a build (`build-ID`), by their environment."""
    mark = f"{MARKER}={name}".encode()
    return {pid for pid in programs(data_dir) if mark in _read(pid, "environ")}


def supervisor(data_dir: Path) -> Info | None:
    """Return what the supervisor of a data folder says of itself; None when none answers."""
    answer = _asked(data_dir, "/v1/info")
    return None if answer is None else msgspec.json.decode(answer, type=Info)


def known(data_dir: Path) -> list[str]:
    """Return the names of the instances that the supervisor of a data folder knows, sorted; none when none answers."""
    answer = _asked(data_dir, "/v1/instances")
    return sorted(one.name for one in msgspec.json.decode(answer or b"[]", type=list[Known]))


def cgroups(data_dir: Path) -> list[Path]:
    """Return the control groups of a data folder."""
    name = f"homeport-{Layout(data_dir).key}"
    return [Path(folder, name) for folder, inside, _ in os.walk("/sys/fs/cgroup") if name in inside]


def listening(ports: str) -> set[int]:
    """Return which ports of a range `first-last` somebody listens on."""
    first, last = map(int, ports.split("-"))
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:] + Path("/proc/net/tcp6").read_text().splitlines()[1:]
    words = [line.split() for line in lines]
    listened = {int(word[1].rpartition(":")[2], 16) for word in words if word[3] == "0A"}
    return {port for port in listened if first <= port <= last}


def files_with(folder: Path, text: str) -> list[str]:
    """Return the files below a folder that hold a text, relative to it."""
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and text.encode() in _content(path)
    )


def named_after(folder: Path, word: str) -> list[str]:
    """Return the files and folders below a folder in whose names a word stands, relative to it."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if word in path.name)


def _asked(data_dir: Path, path: str) -> bytes | None:
    async def ask() -> bytes | None:
        link = SupervisorLink(data_dir, starts=False)
        try:
            return await link.call("GET", path)
        except TaskFailed:
            return None
        finally:
            await link.close()

    return asyncio.run(ask())


def _pids() -> Iterator[int]:
    return (int(entry.name) for entry in os.scandir("/proc") if entry.name.isdigit())


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def _read(pid: int, name: str) -> bytes:
    return _content(Path(f"/proc/{pid}/{name}"))


def _content(path: Path) -> bytes:
    """Return what stands in a file, nothing when it has gone meanwhile."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return b""
