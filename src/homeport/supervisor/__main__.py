"""`python -m homeport.supervisor --data-dir D [--detach]`: how an engine starts the supervisor it needs."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

from homeport.supervisor.detach import run_detached
from homeport.supervisor.server import IDLE_SECONDS, AlreadyRuns, run


def main() -> int:
    """Be a supervisor, or start one; 0 when one runs or has run, 1 with words on standard error otherwise."""
    options = _options()
    start = run_detached if options.detach else run
    try:
        start(options.data_dir, idle_seconds=options.idle_seconds, cgroups=options.cgroups)
    except AlreadyRuns as error:
        sys.stderr.write(f"{error}\n")
        return 0 if options.detach else 1
    except OSError as error:
        sys.stderr.write(f"the supervisor cannot start: {error}\n")
        return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m homeport.supervisor", description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--idle-seconds", type=float, default=IDLE_SECONDS)
    parser.add_argument("--no-cgroups", dest="cgroups", action="store_false")
    parser.add_argument("--detach", action="store_true", help="return when it is ready; it goes on by itself")
    return parser.parse_args()


if __name__ == "__main__":
    ended = main()
    # An ending Python looks for garbage in all that was imported, several times, while an engine waits for its end.
    gc.freeze()
    sys.exit(ended)
