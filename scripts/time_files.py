"""Write tests/seconds.json, by which the processes of a suite share its files, from what the last `make test` took.

    make test && scripts/time_files.py

It matters for the time of `make test` alone: run it when that has become longer than the work in it.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

COUNTS: Final = Path("build/tests")
SECONDS: Final = Path("tests/seconds.json")
LEAST: Final = 2.0
"""Seconds; files that take less make no difference."""


def main() -> int:
    """Read the counts of all suites there are and write the times; return the exit code."""
    found = {file: round(seconds) for file, seconds in sorted(_times().items()) if seconds >= LEAST}
    if not found:
        print(f"{COUNTS} tells of no file that takes {LEAST:g} s: run `make test` first", file=sys.stderr)
        return 1
    SECONDS.write_text(json.dumps(found, indent=2) + "\n")
    print(f"{SECONDS}: {len(found)} files")
    return 0


def _times() -> dict[str, float]:
    times: defaultdict[str, float] = defaultdict(float)
    for counts in COUNTS.glob("*.xml"):
        for test in ET.parse(counts).getroot().iter("testcase"):
            # tests.crash.test_paused, and for methods the class behind it.
            module = [part for part in test.get("classname", "").split(".") if not part[:1].isupper()]
            times["/".join(module) + ".py"] += float(test.get("time", 0))
    return times


if __name__ == "__main__":
    sys.exit(main())
