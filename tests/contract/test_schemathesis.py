"""What Schemathesis asks of a real engine is answered as the OpenAPI document says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from homeport.api.openapi import document
from homeport.api.operations import OPERATIONS

REQUESTS = Path(__file__).with_name("asked_by_schemathesis.py")


pytestmark = pytest.mark.unmeasured


def test_an_answer_is_as_documented_whatever_was_asked():
    plugin = ["-p", "schemathesis.pytest.plugin", "-p", "no:randomly", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plugin, "-q", str(REQUESTS)],
        cwd=REQUESTS.parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-20_000:]
    passed = re.search(r"^(\d+) passed", done.stdout, re.MULTILINE)
    assert passed is not None, done.stdout
    assert int(passed[1]) == sum(len(path) for path in document(OPERATIONS)["paths"].values())
