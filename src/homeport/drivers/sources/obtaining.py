"""Bringing the source of an order to a folder: a repository cloned, a package fetched and unpacked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from homeport.drivers.sources.fetch import fetch_package
from homeport.drivers.sources.git import fetch_code
from homeport.drivers.sources.output import Output
from homeport.drivers.sources.unpack import Limits, copy_folder, flatten, unpack
from homeport.drivers.sources.wanted import Wanted

_WHOLE: Final = (".whl", ".jar", ".war")
"""Packages that are installed or run as they are."""


def obtain(wanted: Wanted, work: Path, target: Path, environ: Mapping[str, str], output: Output) -> Path | None:
    """Bring the source to the folder `target`, which must not be there yet, by way of the folder `work`.

    Returns the package in `target` where it is one that is taken whole; None where there is a tree of files.

    Raises:
        TaskFailed: the source cannot be had or is no good (fetch.py, git.py, unpack.py).
    """
    if wanted.order.source.type == "code":
        fetch_code(wanted, work, target, environ, output)
        return None
    package = fetch_package(wanted, work, output.say)
    limits = Limits(entries=wanted.max_entries, unpacked_bytes=wanted.max_unpacked_bytes)
    if package.is_dir():
        copy_folder(package, target, limits)
    elif package.suffix in _WHOLE:
        target.mkdir()
        return package.rename(target / package.name)
    else:
        unpack(package, target, limits)
        flatten(target)
        package.unlink()
    return None
