"""The parity page: which operations of the CAE API are built. `python -m homeport.api.parity` prints it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from homeport.api.operations import CAE, OPERATIONS, Operation

_INTRODUCTION: Final = """\
# Parity with CAE

Which operations of the CAE v1 API this version of Homeport has. The list is that of the official SDK, 3.1.219, with the
one call that older SDKs know. An operation that is not built yet answers 501 with the code `HOMEPORT.0501`; nothing
pretends. This page is made from the same table as the routes: `python -m homeport.api.parity`.
"""

_OWN: Final = """
## Beyond CAE

The calls of the IAM API that clients make, and Homeport's own. They are never inside CAE's paths.
"""


def page() -> str:
    """Return the page as Markdown."""
    built = sum(operation.built for operation in CAE)
    lines = [_INTRODUCTION, f"**{built} of {len(CAE)} are built.**"]
    for group, operations in groupby(CAE, key=lambda operation: operation.group):
        lines += ["", f"## {group}", "", *_table(operations)]
    others = [operation for operation in OPERATIONS if operation not in CAE]
    lines += [_OWN, *_table(others)]
    return "\n".join(lines) + "\n"


def _table(operations: Iterable[Operation]) -> Iterator[str]:
    yield "| Operation | Method | Path | Here |"
    yield "|---|---|---|---|"
    for operation in operations:
        here = "yes" if operation.built else "not yet"
        note = f". {operation.note}" if operation.note else ""
        yield f"| {operation.id} | {operation.method} | `{operation.path}` | {here}{note} |"


if __name__ == "__main__":
    sys.stdout.write(page())
