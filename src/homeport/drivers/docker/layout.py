"""What driver `docker` keeps in the data folder.

docker/house                        the id that this data folder's containers carry
docker/components/COMPONENT.json    the highest fence seen
docker/builds/COMPONENT/BUILD.…/     a build under way
docker/logs/COMPONENT/NAME.log      the log of an instance whose container is gone
docker/logs/COMPONENT/NAME.json     how that instance ended, and of one that lives which start has come through
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Collection
from pathlib import Path

import msgspec

from homeport.drivers.base import ENDED_KEPT
from homeport.drivers.process.layout import safe, write_whole
from homeport.model.causes import Cause, failed
from homeport.model.ids import Ids


class Remembered(msgspec.Struct, frozen=True, kw_only=True):
    """What is written down of an instance, because its container cannot say it. Times are microseconds since 1970."""

    settled: int = 0
    """When the program was started whose postStart hook has come through."""
    ended: bool = False
    exit_code: int | None = None
    started_at: int | None = None
    restarts: int = 0


class DockerLayout:
    """The files of one data folder."""

    def __init__(self, data_dir: Path) -> None:
        self.root = data_dir.absolute() / "docker"
        self._fences: dict[str, int] = {}

    @property
    def has_begun(self) -> bool:
        """Whether this data folder has, or had, instances in containers."""
        return (self.root / "components").exists()

    def house(self, ids: Ids) -> str:
        """Return the id by which this data folder's containers are told from others'; the first call makes it."""
        file = self.root / "house"
        if not file.exists():
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside = file.with_name(f".house.{os.getpid()}")
            write_whole(beside, ids.uuid().encode())
            # Of two engines that begin at once both must get the same id: the second finds the first one's.
            with contextlib.suppress(FileExistsError):
                os.link(beside, file)
            beside.unlink()
        return file.read_text()

    def log(self, component_id: str, name: str) -> Path:
        """Return the file of an instance's log."""
        return self.root / "logs" / safe(component_id) / f"{safe(name)}.log"

    def begin_build(self, component_id: str, build_id: str, id_: str) -> Path:
        """Make a working folder for a build, apart from any that another process may have for it still."""
        folder = self.root / "builds" / safe(component_id) / f"{safe(build_id)}.{safe(id_)}"
        folder.mkdir(mode=0o700, parents=True)
        return folder

    def clear_build(self, build_id: str) -> list[str]:
        """Remove the working folders of a build; return the ids of the components that it was for."""
        folders = list((self.root / "builds").glob(f"*/{safe(build_id)}.*"))
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        return [folder.parent.name for folder in folders]

    def remembered(self, component_id: str, name: str) -> Remembered:
        """Return what was written down of an instance."""
        try:
            return msgspec.json.decode(self._memory(component_id, name).read_bytes(), type=Remembered)
        except (FileNotFoundError, msgspec.DecodeError):
            return Remembered()

    def remember(self, component_id: str, name: str, what: Remembered) -> None:
        """Write something down of an instance."""
        file = self._memory(component_id, name)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(file, msgspec.json.encode(what))

    def begin_anew(self, component_id: str, name: str) -> None:
        """Remove what was kept of an instance, which is forgotten or started again under its name."""
        for file in (self._memory(component_id, name), self.log(component_id, name)):
            file.unlink(missing_ok=True)

    def forget_ended(self, before: int, living: Collection[str]) -> None:
        """Remove what was kept of instances that ended before a time, and of each component all but the latest.

        `before` is in microseconds since 1970; `living` are the names of the instances that are there still.
        """
        for folder in (self.root / "logs").glob("*"):
            names = [file.stem for file in folder.glob("*.json") if file.stem not in living]
            ended = sorted((self._memory(folder.name, name).stat().st_mtime_ns // 1_000, name) for name in names)
            latest = {name for _, name in ended[-ENDED_KEPT:]}
            for at, name in ended:
                if at < before or name not in latest:
                    self.begin_anew(folder.name, name)

    def admit(self, component_id: str, fence: int) -> None:
        """Let a call of this fence pass and remember it.

        Raises:
            TaskFailed: a higher fence was seen (`internal`): the caller is a worker that was given up for dead.
        """
        known = self._fence(component_id)
        if fence < known:
            raise overtaken(component_id, fence, known)
        if fence > known:
            file = self._component(component_id)
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(file, msgspec.json.encode(fence))
            self._fences[component_id] = fence

    def forget(self, component_id: str) -> None:
        """Remove everything of a component; as long as this process lives a late call for it is refused still."""
        self._fence(component_id)
        for kind in ("logs", "builds"):
            shutil.rmtree(self.root / kind / safe(component_id), ignore_errors=True)
        self._component(component_id).unlink(missing_ok=True)

    def _fence(self, component_id: str) -> int:
        if component_id not in self._fences:
            try:
                known = msgspec.json.decode(self._component(component_id).read_bytes(), type=int)
            except (FileNotFoundError, msgspec.DecodeError):
                known = 0
            self._fences[component_id] = known
        return self._fences[component_id]

    def _component(self, component_id: str) -> Path:
        return self.root / "components" / f"{safe(component_id)}.json"

    def _memory(self, component_id: str, name: str) -> Path:
        return self.log(component_id, name).with_suffix(".json")


def overtaken(component_id: str, fence: int, known: int) -> Exception:
    """Return the refusal of a call whose fence was overtaken."""
    what = f"a call of fence {fence} for component {component_id} comes too late: fence {known} was seen"
    return failed(Cause.INTERNAL, what)
