"""The seeded defects of `make test-the-tests`: one a promise at least, each still where it belongs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from test_the_tests import Defect, load_defects, seeded  # noqa: E402 - scripts are no package

PROMISES = [f"P{number}" for number in range(1, 13)]


@pytest.mark.parametrize("promise", PROMISES)
def test_every_promise_has_a_defect_that_its_test_must_catch(promise: str) -> None:
    assert [defect.name for defect in load_defects() if defect.promise == promise]


@pytest.mark.parametrize("defect", load_defects(), ids=lambda defect: defect.name)
def test_a_defect_can_be_seeded_where_it_says(defect: Defect) -> None:
    assert seeded(defect, (ROOT / defect.file).read_text())


@pytest.mark.parametrize("defect", load_defects(), ids=lambda defect: defect.name)
def test_the_tests_that_must_notice_a_defect_exist(defect: Defect) -> None:
    for test in defect.tests:
        file, _, name = test.partition("::")
        assert name.partition("[")[0].rpartition("::")[2] in (ROOT / file).read_text()
