"""Write what the documentation takes from the code: whole pages, and tables between two comments of a page.

make docs                                  write them anew
python scripts/write_docs.py --check       write nothing; exit code 1 when one is stale
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from homeport.api import codes, parity
from homeport.api.codes import Code
from homeport.api.errors import TABLE
from homeport.cli import reference
from homeport.model.actions import ALLOWED
from homeport.model.causes import ADVICE, Cause
from homeport.model.clock import SECOND
from homeport.model.plans import DEATHS_ALLOWED, JOB_LIMIT, PLANS, UNDO_LIMIT
from homeport.model.scripts import STEPS
from homeport.model.states import FINISHED, JOB_MOVES, TASK_MOVES, Status

DOCS: Final = Path(__file__).resolve().parent.parent / "docs"

_PART: Final = re.compile(r"(<!-- from the code: (?P<name>[\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def job_diagram() -> Iterator[str]:
    """Yield the diagram of a job's moves, in Mermaid's language; what only a retry does is dotted out in words."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield "    [*] --> init: accepted"
    for source, targets in JOB_MOVES.items():
        for target in Status:
            if target in targets:
                yield f"    {source} --> {target}{': RetryJob' if target is Status.INIT else ''}"
    for status in Status:
        if status in FINISHED and not JOB_MOVES[status]:
            yield f"    {status} --> [*]"
    yield "```"


def moves(table: dict[Status, frozenset[Status]]) -> Iterator[str]:
    """Yield a table of moves: from where to where, and whether the status is an end."""
    yield "| status | may become | an end |"
    yield "|---|---|---|"
    for source, targets in table.items():
        following = ", ".join(f"`{target}`" for target in Status if target in targets)
        yield f"| `{source}` | {following or 'nothing else, ever'} | {'yes' if source in FINISHED else ''} |"


def plans() -> Iterator[str]:
    """Yield the table of actions and their tasks."""
    yield "| action | tasks, in order |"
    yield "|---|---|"
    for action, tasks in PLANS.items():
        yield f"| `{action}` | {' → '.join(f'`{task.name}`' for task in tasks)} |"


def limits() -> Iterator[str]:
    """Yield the table of time limits."""
    yield "| what | limit |"
    yield "|---|---|"
    for limit, names in _task_limits().items():
        yield f"| task {', '.join(f'`{name}`' for name in names)}, from its start | {_duration(limit)} |"
    yield f"| a job, from its acceptance, the time of its build not counted | {_duration(JOB_LIMIT)} |"
    yield f"| undoing what a job did | {_duration(UNDO_LIMIT)} |"
    yield f"| workers that may die over one job | {DEATHS_ALLOWED} |"


def _task_limits() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for task in {task for tasks in PLANS.values() for task in tasks}:
        found.setdefault(task.limit, []).append(task.name)
    return {limit: sorted(found[limit]) for limit in sorted(found, reverse=True)}


def _duration(micros: int) -> str:
    minutes, seconds = divmod(micros // SECOND, 60)
    return f"{minutes} minutes" if minutes and not seconds else f"{micros // SECOND} seconds"


def actions() -> Iterator[str]:
    """Yield the table of actions and the states they are allowed from."""
    yield "| action | from which states |"
    yield "|---|---|"
    for action, sentence in ALLOWED.items():
        yield f"| `{action}` | {sentence} |"


def causes() -> Iterator[str]:
    """Yield the table of causes and what to do about each."""
    yield "| cause | what to do |"
    yield "|---|---|"
    for cause in Cause:
        yield f"| `{cause}` | {ADVICE[cause]} |"


def error_codes() -> Iterator[str]:
    """Yield the table of error codes: what each means, with which statuses, and which refusals it stands for."""
    yield "| code | status | what it means | refusals |"
    yield "|---|---|---|---|"
    for code in _codes():
        rows = [row for row in TABLE if row.code == code]
        statuses = sorted({row.status or code.status for row in rows} or {code.status})
        kinds = ", ".join(f"`{kind}`" for kind in dict.fromkeys(row.refusal.kind for row in rows))
        yield f"| `{code.text}` | {', '.join(map(str, statuses))} | {code.meaning} | {kinds} |"


def _codes() -> Iterator[Code]:
    return (value for value in vars(codes).values() if isinstance(value, Code))


def script_steps() -> Iterator[str]:
    """Yield the table of a script's steps and the words they understand."""
    yield "| step | words, beside a duration or reads |"
    yield "|---|---|"
    for step, words in STEPS.items():
        yield f"| `{step}` | {', '.join(f'`{word}`' for word in sorted(words))} |"


PARTS: Final[dict[str, Callable[[], Iterable[str]]]] = {
    "actions": actions,
    "causes": causes,
    "error-codes": error_codes,
    "job-diagram": job_diagram,
    "job-moves": lambda: moves(JOB_MOVES),
    "limits": limits,
    "plans": plans,
    "script-steps": script_steps,
    "task-moves": lambda: moves(TASK_MOVES),
}
"""What a page may take, by the name in its comment."""


def with_parts(text: str) -> str:
    """Return a page with every part as the code has it now."""
    return _PART.sub(lambda found: found[1] + "\n".join(PARTS[found["name"]]()) + "\n" + found[3], text)


def written() -> dict[Path, str]:
    """Return every page that takes something from the code, as it should be."""
    found = {path: with_parts(path.read_text()) for path in DOCS.rglob("*.md")}
    for name, text in reference.pages().items():
        found[DOCS / "reference" / name] = text
    found[DOCS / "reference" / "parity.md"] = parity.page()
    return found


def main(arguments: list[str]) -> int:
    """Write or check the pages; return the exit code."""
    stale = [path for path, text in written().items() if not path.exists() or path.read_text() != text]
    check = arguments == ["--check"]
    for path in stale:
        print(f"{'stale, run make docs' if check else 'written'}: {path.relative_to(DOCS.parent)}")
        if not check:
            path.write_text(written()[path])
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
