"""Whether a supervisor that was killed has left something behind that still runs, or should."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from homeport.drivers.process.layout import Layout


class _Record(msgspec.Struct):
    """Of an instance's record (supervisor/records.py) what matters here."""

    wanted: bool
    process: Any


def has_remains(layout: Layout) -> bool:
    """Tell whether an instance, a build, a haproxy or a bucket is written down as under way, for a supervisor."""
    if any(layout.haproxy.glob("*/*/process.json")) or any(layout.buckets.glob("*/*/record.json")):
        return True
    builds = (order.parent for order in layout.builds.glob("*/order.json"))
    return any(map(_is_under_way, layout.instances.glob("*/*/record.json"))) or any(
        not (build / "result.json").exists() for build in builds
    )


def _is_under_way(file: Path) -> bool:
    try:
        record = msgspec.json.decode(file.read_bytes(), type=_Record)
    except (FileNotFoundError, msgspec.DecodeError):
        return False
    return record.wanted or record.process is not None
