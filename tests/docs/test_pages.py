"""The documentation as a whole: every block runs, every link leads somewhere, every page can be found."""

import json
import tomllib
from pathlib import Path

import pytest

from docs.pages import DATA, ROOT, RUN, SHOWN, Block, Page, pages
from docs.session import Session
from support.docker import OwnEngine, docker_engine
from support.docker_images import make_applications
from support.postgres import cluster

__all__ = ["cluster", "docker_engine"]

PAGES = {page.path: page for page in pages()}
RUNNING = [path for path, page in PAGES.items() if any(block.runs for block in page.blocks)]
BLOCKS = [block for page in PAGES.values() for block in page.blocks]


def _in(language: str) -> list[Block]:
    return [block for block in BLOCKS if block.language == language]


RUNNING_ON_DOCKER = [path for path in RUNNING if PAGES[path].engine == "docker"]


@pytest.mark.parametrize("path", [path for path in RUNNING if path not in RUNNING_ON_DOCKER])
def test_a_page_does_what_it_says(path: str, tmp_path: Path, request: pytest.FixtureRequest):
    database = request.getfixturevalue("cluster").new_database() if PAGES[path].needs_database else ""
    Session(tmp_path / "session", database).run(PAGES[path])


@pytest.mark.real
@pytest.mark.parametrize("path", RUNNING_ON_DOCKER)
def test_a_page_about_containers_does_what_it_says(path: str, tmp_path: Path, docker_engine: OwnEngine):
    images = make_applications(docker_engine, tmp_path / "images")
    for version in ("1.0.0", "1.1.0"):
        docker_engine.derive_image(f"registry.example.com/shop/cart:{version}", images["1.0.0"])
    Session(tmp_path / "session", docker_host=docker_engine.host).run(PAGES[path])


def test_every_block_has_a_language_that_is_known():
    known = (*RUN, *DATA, *SHOWN, "ini")
    assert [block.place for block in BLOCKS if block.language not in known] == []


def test_a_block_that_does_not_run_says_why():
    assert [block.place for block in BLOCKS if block.notes.get("not run") == ""] == []


@pytest.mark.parametrize("block", _in("json"), ids=lambda block: block.place)
def test_json_is_json(block: Block):
    json.loads(block.text)


@pytest.mark.parametrize("block", _in("toml"), ids=lambda block: block.place)
def test_toml_is_toml(block: Block):
    tomllib.loads(block.text)


@pytest.mark.parametrize("path", PAGES)
def test_every_link_leads_somewhere(path: str):
    assert [target for target in PAGES[path].links if not _leads_somewhere(PAGES[path], target)] == []


def _leads_somewhere(page: Page, target: str) -> bool:
    if target.startswith("https://"):
        return True  # the network is not asked
    name, _, anchor = target.partition("#")
    file = (ROOT / page.path).parent.joinpath(name).resolve() if name else ROOT / page.path
    if not file.exists():
        return False
    return not anchor or anchor in PAGES[str(file.relative_to(ROOT))].anchors


def test_every_page_can_be_reached_from_the_index():
    index = PAGES["docs/index.md"]
    reached = {str((ROOT / "docs" / target.partition("#")[0]).resolve().relative_to(ROOT)) for target in index.links}
    assert [path for path in PAGES if path.startswith("docs/") and path not in reached | {index.path}] == []
