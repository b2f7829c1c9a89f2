"""`python -m homeport.drivers.docker.build FOLDER`: carry out the order that standard input brings in its first line.

`result.json` in FOLDER says how it ended. Standard input stays open for as long as somebody waits for the build; its
end is this process's, too, and with its connection the Engine's work ends.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from pathlib import Path

import msgspec

from homeport.drivers.docker.build.image import Building
from homeport.drivers.docker.build.spec import ImageSpec
from homeport.drivers.process.layout import write_whole
from homeport.drivers.sources.carrying import carried_out


def main(folder: Path) -> int:
    """Build; 0 when there is an image afterwards, 1 when there is a failure in the result."""
    spec = msgspec.json.decode(sys.stdin.buffer.readline(), type=ImageSpec)
    threading.Thread(target=_end_with_the_engine, daemon=True).start()
    end = carried_out(spec, lambda output: Building(spec, folder, output).run())
    write_whole(folder / "result.json", msgspec.json.encode(end))
    return 1 if end.failure else 0


def _end_with_the_engine() -> None:
    """Wait until nobody waits any more, then end this process and all it has started (it leads a group of its own)."""
    while os.read(sys.stdin.fileno(), 1):
        continue
    os.killpg(os.getpgid(0), signal.SIGKILL)


if __name__ == "__main__":
    ended = main(Path(sys.argv[1]))
    # An ending Python looks for garbage in all that was imported, several times, while a job waits for its end.
    gc.freeze()
    sys.exit(ended)
