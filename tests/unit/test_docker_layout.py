"""What driver `docker` keeps of instances whose containers are gone."""

import os
from pathlib import Path

from homeport.drivers.base import ENDED_KEPT
from homeport.drivers.docker.layout import DockerLayout, Remembered

SECOND = 1_000_000


def ended(layout: DockerLayout, name: str, at: int) -> None:
    """Keep the end of an instance and its log, as of a time in seconds since 1970."""
    layout.remember("shop", name, Remembered(ended=True))
    layout.log("shop", name).write_text("that was it\n")
    for file in layout.log("shop", name).parent.glob(f"{name}.*"):
        os.utime(file, (at, at))


def kept(layout: DockerLayout) -> set[str]:
    return {file.name for file in layout.log("shop", "any").parent.iterdir()}


def test_of_instances_that_ended_those_before_a_time_are_forgotten(tmp_path: Path) -> None:
    layout = DockerLayout(tmp_path)
    for name, at in (("early", 100), ("late", 200), ("living", 100)):
        ended(layout, name, at)

    layout.forget_ended(150 * SECOND, {"living"})

    assert kept(layout) == {"late.log", "late.json", "living.log", "living.json"}


def test_of_each_component_the_latest_are_remembered(tmp_path: Path) -> None:
    layout = DockerLayout(tmp_path)
    for number in range(ENDED_KEPT + 2):
        ended(layout, f"cart-{number}", 100 + number)

    layout.forget_ended(0, frozenset())

    assert len(kept(layout)) == 2 * ENDED_KEPT
    assert not {"cart-0.log", "cart-1.json"} & kept(layout)
