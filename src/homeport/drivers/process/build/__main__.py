"""`python -m homeport.drivers.process.build FOLDER`: carry out the order in FOLDER, and leave `result.json` there."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import msgspec

from homeport.drivers.process.build.steps import Building
from homeport.drivers.process.layout import write_whole
from homeport.drivers.process.wire import ACCESS_FILE, BuildSpec
from homeport.drivers.sources.carrying import carried_out
from homeport.drivers.sources.wanted import BuildEnd
from homeport.model.workloads import Access


def main(folder: Path) -> int:
    """Build; 0 when there is a release afterwards, 1 when there is a failure in the result."""
    spec = msgspec.json.decode((folder / "order.json").read_bytes(), type=BuildSpec)
    order = msgspec.structs.replace(spec.order, access=_taken_access(folder))
    end = carry_out(msgspec.structs.replace(spec, order=order), folder)
    write_whole(folder / "result.json", msgspec.json.encode(end))
    return 1 if end.failure else 0


def _taken_access(folder: Path) -> Access | None:
    """Return the credential that was laid down for this build, and leave nothing of it where a source could read it."""
    file = folder / ACCESS_FILE
    if not file.exists():
        return None
    access = msgspec.json.decode(file.read_bytes(), type=Access)
    file.unlink()
    return access


def carry_out(spec: BuildSpec, folder: Path) -> BuildEnd:
    """Build in a working folder, the log going to standard output, and return how it ended."""
    return carried_out(spec, lambda output: Building(spec, folder, output).run())


if __name__ == "__main__":
    ended = main(Path(sys.argv[1]))
    # An ending Python looks for garbage in all that was imported, several times, while a job waits for its end.
    gc.freeze()
    sys.exit(ended)
