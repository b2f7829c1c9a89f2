"""What code of this house does not do: swallow failures, sleep in tests, draw time or chance from anywhere."""

import ast
from collections.abc import Iterable, Iterator
from typing import Final

from house.tree import Source, below, nothing_of, sources

CLOCK_AND_IDS: Final = ("src/homeport/model/clock.py", "src/homeport/model/ids.py")
"""The two modules that may ask the machine for the time and for randomness."""

EXAMPLES: Final = "src/homeport/examples/"
"""Applications to deploy: they are users of the house, not parts of it."""

TIME_AND_CHANCE: Final = (
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "os.urandom",
    "random.",
    "secrets.",
    "time.monotonic",
    "time.sleep",
    "time.time",
    "uuid.uuid",
)

UNSEEDED: Final = ("os.urandom", "random.SystemRandom", "secrets.", "uuid.uuid1", "uuid.uuid4")
"""What gives another value at every run; pytest-randomly seeds `random` itself, and prints the seed."""

SLEEPS: Final = ("asyncio.sleep", "time.sleep")


def swallowed(files: Iterable[Source]) -> list[str]:
    """Return the handlers that do nothing with the error they caught."""
    return [
        file.at(node)
        for file in files
        for node in ast.walk(file.tree)
        if (isinstance(node, ast.ExceptHandler) and all(map(_does_nothing, node.body)))
        or (isinstance(node, ast.With | ast.AsyncWith) and any(_suppresses_all(item) for item in node.items))
    ]


def _does_nothing(node: ast.stmt) -> bool:
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def _suppresses_all(item: ast.withitem) -> bool:
    call = item.context_expr
    if not isinstance(call, ast.Call) or not ast.unparse(call.func).endswith("suppress"):
        return False
    return any(ast.unparse(what) in ("BaseException", "Exception") for what in call.args)


def sleeping(files: Iterable[Source]) -> list[str]:
    """Return where a test sleeps, unless a comment `# waits: …` on the line says what for: a helper that polls."""
    return [
        f"{file.at(node)}: {name}"
        for file in files
        for node, name in file.calls()
        if name in SLEEPS and not _gives_a_turn(node) and not file.says(node, "waits")
    ]


def _gives_a_turn(node: ast.Call) -> bool:
    return [ast.unparse(argument) for argument in node.args] == ["0"]


def drawn(files: Iterable[Source], forbidden: tuple[str, ...]) -> list[str]:
    """Return the calls of what is forbidden; a name that ends with a dot stands for a whole module.

    A comment on the line may allow one, with its reason: `# own time: …`.
    """
    return [f"{file.at(node)}: {name}" for file in files for node, name in _drawn(file, forbidden)]


def _drawn(file: Source, forbidden: tuple[str, ...]) -> Iterator[tuple[ast.Call, str]]:
    for node, name in file.calls():
        wanted = any(name == one or (one[-1] in ".d" and name.startswith(one)) for one in forbidden)
        unseeded = name == "random.Random" and not node.args
        if (wanted or unseeded) and not file.says(node, "own time"):
            yield node, name


def test_no_failure_is_swallowed():
    nothing_of(swallowed(sources()))


def test_no_test_sleeps():
    nothing_of(sleeping(below("tests/", "conftest.py")))


def test_time_and_chance_come_from_the_model_alone():
    files = [file for file in below("src/homeport/") if file.path not in CLOCK_AND_IDS]
    nothing_of(drawn([file for file in files if not file.path.startswith(EXAMPLES)], TIME_AND_CHANCE))


def test_what_tests_draw_can_be_drawn_again():
    nothing_of(drawn(below("tests/", "conftest.py"), UNSEEDED))


def test_a_handler_that_only_passes_is_found():
    assert swallowed([Source("a.py", "try:\n    f()\nexcept ValueError:\n    pass\n")]) == ["a.py:3"]


def test_a_suppression_of_every_error_is_found():
    assert swallowed([Source("a.py", "with contextlib.suppress(Exception):\n    f()\n")]) == ["a.py:1"]


def test_a_handler_that_does_something_is_no_swallowing():
    assert swallowed([Source("a.py", "try:\n    f()\nexcept ValueError:\n    return 1\n")]) == []


def test_a_sleep_is_found_under_any_name():
    assert sleeping([Source("a.py", "from time import sleep as rest\nrest(1)\n")]) == ["a.py:2: time.sleep"]


def test_a_sleep_that_says_what_it_waits_for_is_a_helper():
    assert sleeping([Source("a.py", "import time\ntime.sleep(0.1)  # waits: the condition, polled\n")]) == []


def test_giving_others_a_turn_is_no_sleep():
    assert sleeping([Source("a.py", "import asyncio\nawait asyncio.sleep(0)\n")]) == []


def test_the_time_of_the_machine_is_found_under_any_name():
    text = "from datetime import datetime\nimport random as r\ndatetime.now()\nr.randrange(3)\n"
    assert drawn([Source("a.py", text)], TIME_AND_CHANCE) == [
        "a.py:3: datetime.datetime.now",
        "a.py:4: random.randrange",
    ]


def test_a_name_of_ones_own_is_no_module():
    assert drawn([Source("a.py", "secrets = {}\nsecrets.update(a=1)\n")], TIME_AND_CHANCE) == []


def test_chance_without_a_seed_is_found():
    assert drawn([Source("a.py", "import random\nrandom.Random()\nrandom.Random(7)\n")], UNSEEDED) == [
        "a.py:2: random.Random"
    ]
