"""Packages that strangers made: nothing leaves the folder, nothing grows without end, nothing but plain files."""

import io
import os
import random
import stat
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from homeport.drivers.sources.unpack import Limits, copy_folder, flatten, unpack
from homeport.model.causes import Cause, Failure, TaskFailed

LIMITS = Limits(entries=100, unpacked_bytes=1_000_000)

Entry = tuple[tarfile.TarInfo, bytes]


def entry(name: str, content: bytes = b"x", **facts: object) -> Entry:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for fact, value in facts.items():
        setattr(info, fact, value)
    return info, content


def link(name: str, target: str) -> Entry:
    return entry(name, b"", type=tarfile.SYMTYPE, linkname=target)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "inside" / "target"


@pytest.fixture
def tar(tmp_path: Path) -> Callable[..., Path]:
    def make(*entries: Entry) -> Path:
        path = tmp_path / "package.tar.gz"
        with tarfile.open(path, "w:gz") as archive:
            for info, content in entries:
                archive.addfile(info, io.BytesIO(content))
        return path

    return make


@pytest.fixture
def zipped(tmp_path: Path) -> Callable[..., Path]:
    def make(*entries: tuple[str, bytes, int]) -> Path:
        path = tmp_path / "package.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content, mode in entries:
                info = zipfile.ZipInfo(name)
                info.external_attr = mode << 16
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, content)
        return path

    return make


def refusal(package: Path, target: Path, limits: Limits = LIMITS) -> Failure:
    with pytest.raises(TaskFailed) as refused:
        unpack(package, target, limits)
    assert refused.value.failure.cause is Cause.SOURCE_INVALID
    return refused.value.failure


NAMES_THAT_LEAVE = ["../evil", "a/../../evil", "/evil", "..\\evil", "a/..", ".."]


@pytest.mark.parametrize("name", NAMES_THAT_LEAVE)
def test_an_entry_of_a_tar_that_would_leave_the_folder_is_refused(tar, target, tmp_path, name) -> None:
    assert repr(name) in refusal(tar(entry(name)), target).what
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize("name", NAMES_THAT_LEAVE)
def test_an_entry_of_a_zip_that_would_leave_the_folder_is_refused(zipped, target, tmp_path, name) -> None:
    refusal(zipped((name, b"x", 0o644)), target)

    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize("to", ["/etc/passwd", "../outside", "a/../../outside", "..", "../target/a"])
def test_a_link_that_leaves_the_folder_is_refused(tar, target, to) -> None:
    if to == "../target/a":
        unpack(tar(link("l", to)), target, LIMITS)  # it comes back to where it began
    else:
        assert "'l'" in refusal(tar(link("l", to)), target).what


def test_a_link_of_a_zip_that_leaves_the_folder_is_refused(zipped, target) -> None:
    assert "'l'" in refusal(zipped(("l", b"../../etc", stat.S_IFLNK | 0o777)), target).what


def test_a_link_that_stays_inside_is_kept(tar, target) -> None:
    unpack(tar(entry("a/file"), link("b", "a/file")), target, LIMITS)

    assert (target / "b").readlink() == Path("a/file")


def test_nothing_is_written_through_a_link_that_leaves(tar, target, tmp_path) -> None:
    (tmp_path / "outside").mkdir()
    refusal(tar(link("l", str(tmp_path / "outside")), entry("l/evil")), target)

    assert list((tmp_path / "outside").iterdir()) == []


def test_no_folder_is_made_through_a_link_that_leaves(tar, target, tmp_path) -> None:
    (tmp_path / "outside").mkdir()
    refusal(tar(link("l", str(tmp_path / "outside")), entry("l/new/evil")), target)

    assert list((tmp_path / "outside").iterdir()) == []


def test_a_link_that_a_later_link_turns_around_is_refused(tar, target) -> None:
    """`x` leads to the package itself while `d` would be a folder in it, and out of it once `d` is the package."""
    package = tar(link("x", "d/.."), link("d", "."))

    assert "'x'" in refusal(package, target).what


def test_a_file_in_the_place_of_a_link_replaces_the_link(tar, target, tmp_path) -> None:
    (tmp_path / "victim").write_text("unharmed")
    package = tar(link("l", str(tmp_path / "victim")), entry("l", b"content"))
    unpack(package, target, LIMITS)

    assert (tmp_path / "victim").read_text() == "unharmed"
    assert (target / "l").read_bytes() == b"content"


@pytest.mark.parametrize("kind", [tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_a_device_or_pipe_is_refused(tar, target, kind) -> None:
    assert "'d'" in refusal(tar(entry("d", b"", type=kind)), target).what


def test_a_hard_link_to_an_earlier_file_is_kept(tar, target) -> None:
    unpack(tar(entry("a", b"one"), entry("b", b"", type=tarfile.LNKTYPE, linkname="a")), target, LIMITS)

    assert (target / "b").read_bytes() == b"one"


@pytest.mark.parametrize("to", ["/etc/hostname", "../../outside", "missing", "l"])
def test_a_hard_link_to_anything_else_is_refused(tar, target, to) -> None:
    package = tar(link("l", "/etc/hostname"), entry("b", b"", type=tarfile.LNKTYPE, linkname=to))

    refusal(package, target)


def test_neither_setuid_nor_others_write_permission_survives(tar, target) -> None:
    unpack(tar(entry("tool", mode=0o6777)), target, LIMITS)

    assert stat.S_IMODE((target / "tool").stat().st_mode) & 0o7022 == 0


def test_a_program_stays_executable(zipped, target) -> None:
    unpack(zipped(("run", b"x", 0o755)), target, LIMITS)

    assert os.access(target / "run", os.X_OK)


@pytest.mark.parametrize("kind", ["tar", "zip"])
def test_a_bomb_is_broken_off_at_the_limit_naming_the_entry(tar, zipped, target, kind) -> None:
    zeros = bytes(5_000_000)
    package = tar(entry("zeros", zeros)) if kind == "tar" else zipped(("zeros", zeros, 0o644))

    assert "'zeros'" in refusal(package, target).what
    assert sum(path.stat().st_size for path in target.rglob("*")) <= LIMITS.unpacked_bytes


def test_a_zip_that_lies_about_its_sizes_is_held_to_what_it_really_is(zipped, target) -> None:
    package = zipped(("zeros", bytes(5_000_000), 0o644))
    content = package.read_bytes().replace((5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    package.write_bytes(content)

    refusal(package, target)


def test_too_many_entries_are_refused(tar, target) -> None:
    assert "100" in refusal(tar(*(entry(f"f{number}") for number in range(101))), target).what


def test_an_encrypted_zip_is_refused(zipped, target) -> None:
    package = zipped(("a", b"x", 0o644))
    content = bytearray(package.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    package.write_bytes(content)

    assert "encrypted" in refusal(package, target).what


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 not a zip", b"\x1f\x8b\x08 not gzip"])
def test_what_is_no_package_is_refused(tmp_path, target, content) -> None:
    (tmp_path / "package.zip").write_bytes(content)

    assert "package.zip" in refusal(tmp_path / "package.zip", target).what


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("kind", ["tar", "zip"])
def test_a_package_that_was_cut_off_is_refused(tar, zipped, target, kind, cut) -> None:
    content = random.Random(7).randbytes(50_000)
    package = tar(entry("a", content)) if kind == "tar" else zipped(("a", content, 0o644))
    package.write_bytes(package.read_bytes()[: int(package.stat().st_size * cut)])

    refusal(package, target)


def test_a_file_below_a_file_is_refused(tar, target) -> None:
    assert "'a/b'" in refusal(tar(entry("a"), entry("a/b")), target).what


def test_an_entry_with_an_impossible_name_is_refused(zipped, target) -> None:
    refusal(zipped(("a" * 300, b"x", 0o644)), target)


def test_an_empty_package_is_refused(tar, target) -> None:
    assert "empty" in refusal(tar(), target).what


def test_a_file_in_the_place_of_a_folder_is_refused(tar, target) -> None:
    assert "'a'" in refusal(tar(entry("a/b"), entry("a")), target).what


def test_a_folder_is_copied_with_its_links_and_nothing_of_what_they_point_to(tmp_path, target) -> None:
    source = tmp_path / "source"
    (source / "sub").mkdir(parents=True)
    (source / "sub" / "file").write_text("x")
    (source / "out").symlink_to("/etc")
    copy_folder(source, target, LIMITS)

    assert (target / "sub" / "file").read_text() == "x"
    assert (target / "out").is_symlink()


def test_a_folder_with_a_pipe_in_it_is_refused(tmp_path, target) -> None:
    (tmp_path / "source").mkdir()
    os.mkfifo(tmp_path / "source" / "pipe")

    with pytest.raises(TaskFailed, match="'pipe'"):
        copy_folder(tmp_path / "source", target, LIMITS)


def test_a_folder_that_is_too_large_is_refused(tmp_path, target) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "large").write_bytes(bytes(2_000_000))

    with pytest.raises(TaskFailed, match="'large'"):
        copy_folder(tmp_path / "source", target, LIMITS)


@pytest.mark.parametrize(
    ("names", "flat"), [(["app/a", "app/b"], ["a", "b"]), (["app/a", "b"], ["app/a", "b"]), (["app/app/a"], ["app/a"])]
)
def test_one_folder_around_everything_is_taken_away(tar, target, names, flat) -> None:
    unpack(tar(*(entry(name) for name in names)), target, LIMITS)
    flatten(target)

    assert sorted(str(path.relative_to(target)) for path in target.rglob("*") if path.is_file()) == flat
