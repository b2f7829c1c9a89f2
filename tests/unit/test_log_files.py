"""Configuration type `log`: which files belong to the log of an instance, and how they are followed."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from homeport.drivers.tailing import LONGEST_LINE, MOST_FILES, Root, Tail, Watched, watched_in
from homeport.model.configuration_rules import checked_item
from homeport.model.configurations import NewItem, effective
from homeport.model.effects import shortcomings
from homeport.model.errors import InvalidParameter

MOST_BEHIND = 100_000


def data(*paths: Any, on_volumes: Any = ()) -> bytes:
    return json.dumps({"spec": {"log_paths": paths, "cloud_storage_log_paths": on_volumes}}).encode()


def refused_field(*paths: Any, on_volumes: Any = ()) -> str:
    with pytest.raises(InvalidParameter) as refused:
        checked_item("log", data(*paths, on_volumes=on_volumes), "items[0]")
    return refused.value.field.removeprefix("items[0].data.spec").removeprefix(".")


# What may be asked for


def test_files_in_folders_and_on_volumes_are_followed() -> None:
    sent = data(
        "/var/log/shop/*.log", "logs/app.log", on_volumes=[{"dir_path": "/mnt/a/", "file_name_pattern": "*.txt"}]
    )
    checked_item("log", sent, "items[0]")
    asked = effective({"log": msgspec.Raw(sent)}).log_paths
    assert asked == ("/var/log/shop/*.log", "logs/app.log", "/mnt/a/*.txt")


@pytest.mark.parametrize(
    "path", ["", "/", "/app.log", "/*/app.log", "/var/../etc/shadow", "../x", "/var/log/", "/proc/1/x"]
)
def test_a_path_that_leads_to_no_file_of_a_folder_is_refused(path: str) -> None:
    assert refused_field(path) == "log_paths[0]"


@pytest.mark.parametrize(
    ("files", "field"),
    [
        ({"dir_path": "mnt", "file_name_pattern": "*"}, "dir_path"),
        ({"dir_path": "/mnt/a"}, "file_name_pattern"),
        ({"dir_path": "/mnt/a", "file_name_pattern": "../*"}, "file_name_pattern"),
        ({"dir_path": "/mnt/a", "file_name_pattern": ".."}, "file_name_pattern"),
    ],
)
def test_files_on_a_volume_that_leave_their_folder_are_refused(files: Any, field: str) -> None:
    assert refused_field(on_volumes=[files]) == f"cloud_storage_log_paths[0].{field}"


def test_each_path_is_there_once_and_their_number_is_bounded() -> None:
    on_volume = {"dir_path": "/mnt/a", "file_name_pattern": "x"}
    assert refused_field("/mnt/a/x", on_volumes=[on_volume]) == "cloud_storage_log_paths[0]"
    assert refused_field(*(f"/var/log/{number}" for number in range(21))) == ""


def test_what_was_stored_before_paths_were_checked_is_not_followed() -> None:
    assert effective({"log": msgspec.Raw(data("/app.log"))}).log_paths == ()


def test_a_relative_path_is_said_to_lead_nowhere_on_driver_docker() -> None:
    (told,) = shortcomings("docker", NewItem("log", data("/var/log/shop/*.log", "logs/app.log")))
    assert told.event == "ConfigurationInPart"
    assert "nothing is at logs/app.log" in told.message


# Where they lie


@pytest.mark.parametrize(
    ("path", "watched"),
    [
        ("/mnt/data/logs/*.log", Watched("/volumes/a", ("logs", "*.log"), "/mnt/data/")),
        ("/mnt/data/x", Watched("/volumes/a", ("x",), "/mnt/data/")),
        ("/mnt/data/inner/x", Watched("/volumes/b", ("x",), "/mnt/data/inner/", ("part", "of"))),
        ("/mnt/database/x", Watched("/mnt/database", ("x",), "/mnt/database/")),
        ("/var/*/x", Watched("/var", ("*", "x"), "/var/")),
        ("app.log", Watched("/release", ("app.log",), "")),
        ("logs/*.log", Watched("/release/logs", ("*.log",), "logs/")),
        ("~/app.log", Watched("/home", ("app.log",), "~/")),
    ],
)
def test_the_innermost_folder_says_where_files_lie(path: str, watched: Watched) -> None:
    volumes = {"/mnt/data": Root(Path("/volumes/a")), "/mnt/data/inner": Root(Path("/volumes/b"), "part/of")}
    assert watched_in(path, volumes, {"/": Path("/"), "": Path("/release"), "~": Path("/home")}) == watched


def test_a_folder_that_only_the_container_has_is_not_looked_for_on_this_machine() -> None:
    assert watched_in("/var/log/app.log", {"/var/log/other": Root(Path("/x"))}) is None


# How they are followed


class Desk:
    """A folder of log files, and what is read of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "logs"
        self.folder.mkdir()
        self.bookmarks = folder / "bookmarks.json"
        self.tail = self.follow("*.log")

    def follow(self, *steps: str) -> Tail:
        watched = [Watched(str(self.folder), steps, "/logs/")]
        return Tail(watched, self.bookmarks, most_behind=MOST_BEHIND)

    def write(self, name: str, text: str) -> None:
        with (self.folder / name).open("a") as file:
            file.write(text)

    def read(self) -> str:
        read = self.tail.read().decode()
        self.tail.remember()
        return read


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    desk.tail.begin()
    yield desk
    desk.tail.close()


def test_each_line_says_which_file_it_came_from_and_comes_once(desk: Desk) -> None:
    desk.write("a.log", "one\ntwo\nhal")
    desk.write("b.log", "three\n")
    first = desk.read()
    desk.write("a.log", "f\n")
    assert first == "[/logs/a.log] one\n[/logs/a.log] two\n[/logs/b.log] three\n"
    assert (desk.read(), desk.read()) == ("[/logs/a.log] half\n", "")


def test_what_was_there_before_the_instance_is_not_its_own(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write("a.log", "of the instance before\n")
    desk.tail.begin()
    desk.write("a.log", "mine\n")
    assert desk.read() == "[/logs/a.log] mine\n"
    desk.tail.close()


def test_a_file_of_the_instance_before_that_is_begun_anew_is_read_from_its_beginning(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write("a.log", "of the instance before\n")
    desk.tail.begin()
    (desk.folder / "a.log").write_text("mine, and longer than what was there before\n")
    assert desk.read() == "[/logs/a.log] mine, and longer than what was there before\n"
    desk.tail.close()


def test_no_line_is_lost_when_a_file_is_rotated_by_another_name(desk: Desk) -> None:
    desk.write("a.log", "one\n")
    desk.read()
    desk.write("a.log", "two\n")
    (desk.folder / "a.log").rename(desk.folder / "a.log.1")
    desk.write("a.log", "three\n")
    assert desk.read() == "[/logs/a.log] two\n[/logs/a.log] three\n"


def test_a_program_that_still_writes_to_the_file_that_was_moved_is_heard(desk: Desk) -> None:
    with (desk.folder / "a.log").open("w") as file:
        print("one", file=file, flush=True)
        desk.read()
        (desk.folder / "a.log").unlink()
        desk.read()
        print("two", file=file, flush=True)
    assert desk.read() == "[/logs/a.log] two\n"


@pytest.mark.parametrize("text", ["three\n", "more than there was before\n"])
def test_a_file_that_is_emptied_is_read_from_its_beginning(desk: Desk, text: str) -> None:
    desk.write("a.log", "one\ntwo\n")
    desk.read()
    os.truncate(desk.folder / "a.log", 0)
    desk.write("a.log", text)
    assert desk.read() == f"[/logs/a.log] {text}"


def test_whoever_follows_next_goes_on_with_the_first_line_that_was_not_read(desk: Desk) -> None:
    desk.write("a.log", "one\nhal")
    desk.read()
    desk.tail.close()
    desk.write("a.log", "f\n")
    desk.tail = desk.follow("*.log")
    desk.tail.begin()
    assert desk.read() == "[/logs/a.log] half\n"


def test_the_end_takes_what_is_left_also_a_line_without_an_end(desk: Desk) -> None:
    desk.write("a.log", "one\nlast words")
    assert desk.tail.finish() == b"[/logs/a.log] one\n[/logs/a.log] last words\n"
    desk.tail.remember()
    assert desk.follow("*.log").finish() == b""


def test_nothing_is_remembered_of_an_instance_that_is_gone(desk: Desk) -> None:
    desk.write("a.log", "one\n")
    desk.bookmarks.unlink()
    desk.tail.read()
    assert (desk.tail.remember(), desk.bookmarks.exists()) == (False, False)


def test_a_link_out_of_the_folder_is_not_followed(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "secret.log").write_text("secret\n")
    (desk.folder / "a.log").symlink_to(tmp_path / "secret.log")
    (desk.folder / "inner").symlink_to(tmp_path)
    desk.tail = desk.follow("inner", "*.log")
    within = desk.read()
    desk.tail = desk.follow("*.log")
    assert (within, desk.read()) == ("", "")


def test_a_part_of_a_volume_that_a_program_made_a_link_is_not_read(desk: Desk, tmp_path: Path) -> None:
    (desk.folder / "part").mkdir()
    desk.write("part/a.log", "mine\n")
    watched = [Watched(str(desk.folder), ("*.log",), "/mnt/", ("part",))]
    before = Tail(watched, tmp_path / "others.json", most_behind=MOST_BEHIND).finish()
    (desk.folder / "part").rename(desk.folder / "moved")
    (tmp_path / "secret.log").write_text("secret\n")
    (desk.folder / "part").symlink_to(tmp_path)
    after = Tail(watched, tmp_path / "others.json", most_behind=MOST_BEHIND).finish()
    assert (before, after) == (b"[/mnt/a.log] mine\n", b"")


def test_a_pipe_and_a_packed_file_are_not_opened(desk: Desk) -> None:
    os.mkfifo(desk.folder / "pipe.log")
    desk.write("old.log.gz", "x\n")
    desk.tail = desk.follow("*")
    assert desk.read() == ""


@pytest.mark.parametrize(
    ("way", "is_found"), [("x.log", True), ("a/b/c/d/e/x.log", True), ("a/b/c/d/e/f/x.log", False)]
)
def test_two_asterisks_stand_for_five_folders_at_most(desk: Desk, way: str, is_found: bool) -> None:
    (desk.folder / way).parent.mkdir(parents=True, exist_ok=True)
    desk.write(way, "one\n")
    desk.tail = desk.follow("**", "*.log")
    assert desk.read() == (f"[/logs/{way}] one\n" if is_found else "")


def test_the_number_of_files_is_bounded_and_what_is_left_out_is_said_once(desk: Desk) -> None:
    for number in range(MOST_FILES + 1):
        desk.write(f"{number:03}.log", "x\n")
    read = desk.read()
    assert read.count("] x\n") == MOST_FILES
    assert f"[/logs/{MOST_FILES:03}.log] not followed" in read
    assert desk.read() == ""


def test_of_more_than_may_wait_the_last_is_read_and_what_is_left_out_is_said(desk: Desk) -> None:
    desk.write("a.log", "x" * MOST_BEHIND + "\nlast\n")
    read = desk.read().splitlines()
    assert (read[0], read[-1]) == ("[/logs/a.log] ... 6 bytes left out ...", "[/logs/a.log] last")
    assert max(map(len, read)) <= LONGEST_LINE + len("[/logs/a.log] ")
