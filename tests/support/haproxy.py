"""haproxy on this machine, as Debian has it (`scripts/debian.py`)."""

import os
import shutil

import pytest

PROGRAM = shutil.which("haproxy", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or ""


def need_haproxy() -> None:
    """Skip the test where there is none; with CI=true that is a failure."""
    if not PROGRAM:
        pytest.skip("haproxy is not on this machine (apt-get install haproxy)")
