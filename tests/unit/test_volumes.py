"""Configuration type `volume`: what may be mounted where, and the folders that stand for buckets."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from homeport.drivers.docker.mounts import binds_of
from homeport.drivers.volumes import make_folder
from homeport.model.causes import TaskFailed
from homeport.model.configuration_rules import checked_item
from homeport.model.configurations import NewItem, effective
from homeport.model.effects import shortcomings
from homeport.model.errors import InvalidParameter
from homeport.model.volumes import MOST_MOUNTS, Mount

MOUNT = {"path": "/mnt/data"}


def data(*volumes: Any) -> bytes:
    return json.dumps({"spec": {"volumes": volumes}}).encode()


def volume(*mounts: Any, **facts: Any) -> dict[str, Any]:
    return {"resource_name": "shop-data", "mount_info": mounts or (MOUNT,), **facts}


def mounted(*volumes: Any) -> tuple[Mount, ...]:
    return effective({"volume": msgspec.Raw(data(*volumes))}).mounts


def refused_field(*volumes: Any) -> str:
    with pytest.raises(InvalidParameter) as refused:
        checked_item("volume", data(*volumes), "items[0]")
    return refused.value.field.removeprefix("items[0].data.spec.volumes[0].")


def test_a_volume_of_the_contract_is_mounted_as_it_says() -> None:
    info = {"path": "/mnt/data/", "sub_path": "/cart/", "access_mode": "ReadOnlyMany", "create_time": "ignored"}
    asked = volume(info, resource_type="obs", resource_sub_type="object_bucket", umask="0027", volume_id="v-1")
    checked_item("volume", data(asked), "items[0]")
    [mount] = mounted(asked)
    assert mount == Mount(volume="shop-data", path="/mnt/data", sub_path="cart", read_only=True, mode=0o750)


def test_a_volume_without_a_name_goes_by_its_id_and_empty_words_count_as_left_out() -> None:
    words = {"resource_type": "", "resource_sub_type": "", "umask": ""}
    asked = {"volume_id": "v-1", "mount_info": [{**MOUNT, "sub_path": "", "access_mode": ""}], **words}
    checked_item("volume", data(asked), "items[0]")
    assert mounted(asked) == (Mount(volume="v-1", path="/mnt/data"),)


@pytest.mark.parametrize(
    "path",
    ["", "/", "data", "./data", "/mnt/../etc", "/mnt//data", "/mnt/.", "/a\n", "/a\0", "/proc/1", "/dev", "/x" * 128],
)
def test_a_path_that_cannot_be_mounted_at_is_refused(path: str) -> None:
    assert refused_field(volume({"path": path})) == "mount_info[0].path"


@pytest.mark.parametrize("path", ["/mnt/data", "/mnt/data/", "/mnt-data"])
def test_the_same_path_twice_is_refused_also_when_only_its_variable_is_the_same(path: str) -> None:
    other = "/mnt/data" if path != "/mnt-data" else "/mnt_data"
    assert refused_field(volume({"path": other}, {"path": path})) == "mount_info[1].path"


@pytest.mark.parametrize("sub_path", ["..", "a/../../b", "a//b", "."])
def test_a_part_of_a_volume_does_not_leave_it(sub_path: str) -> None:
    assert refused_field(volume({**MOUNT, "sub_path": sub_path})) == "mount_info[0].sub_path"


@pytest.mark.parametrize("name", ["", "..", ".hidden", "a/b", "../a", "x" * 64])
def test_a_name_that_is_no_folder_of_its_own_is_refused(name: str) -> None:
    assert refused_field(volume(resource_name=name)) == "resource_name"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"umask": "0999"}, "umask"),
        ({"resource_type": "nfs"}, "resource_type"),
        ({"resource_type": "obs", "resource_sub_type": "sfs3.0"}, "resource_sub_type"),
        ({"mount_info": [{**MOUNT, "access_mode": "ReadWriteOnce"}]}, "mount_info[0].access_mode"),
        ({"mount_info": {}}, "mount_info"),
    ],
)
def test_words_that_the_contract_does_not_know_are_refused(facts: dict[str, Any], field: str) -> None:
    assert refused_field(volume(**facts)) == field


def test_the_number_of_mounts_is_bounded() -> None:
    many = [{"path": f"/mnt/{number}"} for number in range(MOST_MOUNTS + 1)]
    assert refused_field(volume(*many)) == "items[0].data.spec.volumes"


def test_what_was_stored_before_volumes_were_checked_mounts_nothing() -> None:
    assert mounted(volume({"path": "/"})) == ()


def test_on_driver_process_it_is_said_which_variable_stands_for_each_path() -> None:
    (told,) = shortcomings("process", NewItem("volume", data(volume({**MOUNT, "access_mode": "ReadOnlyMany"}))))
    assert told.event == "ConfigurationInPart"
    assert "HOMEPORT_VOLUME_MNT_DATA for /mnt/data" in told.message
    assert "ReadOnlyMany is not held" in told.message


@pytest.mark.parametrize(("driver", "events"), [("docker", []), ("simulated", ["ConfigurationWithoutEffect"])])
def test_a_volume_acts_on_docker_and_not_where_no_program_runs(driver: str, events: list[str]) -> None:
    told = shortcomings(driver, NewItem("volume", data(volume())))
    assert [one.event for one in told] == events


def test_the_folder_of_a_volume_is_made_once_with_its_mode_and_kept(tmp_path: Path) -> None:
    mount = Mount(volume="shop-data", path="/mnt/data", sub_path="a/b", mode=0o750)
    made = make_folder(tmp_path, "project", mount)
    (made / "file").write_text("kept")
    assert make_folder(tmp_path, "project", mount) == tmp_path / "project" / "shop-data" / "a" / "b"
    modes = [oct(folder.stat().st_mode & 0o777) for folder in (made, tmp_path / "project")]
    assert ((made / "file").read_text(), modes) == ("kept", ["0o750", "0o700"])


@pytest.mark.parametrize("target", ["/", "file"])
def test_a_link_or_file_that_a_program_has_left_in_a_volume_is_no_way_out_of_it(tmp_path: Path, target: str) -> None:
    within = make_folder(tmp_path, "project", Mount(volume="shop-data", path="/mnt/data"))
    (within / "file").touch()
    (within / "out").symlink_to(target)
    mount = Mount(volume="shop-data", path="/mnt/data", sub_path="out/etc")
    with pytest.raises(TaskFailed, match="no folder of volume shop-data"):
        binds_of([mount], "project", tmp_path, "unix:///run/docker.sock")


def test_a_volume_is_not_mounted_by_an_engine_of_another_machine(tmp_path: Path) -> None:
    mount = Mount(volume="shop-data", path="/mnt/data")
    with pytest.raises(TaskFailed, match="reached at tcp://engine:2375"):
        binds_of([mount], "project", tmp_path, "tcp://engine:2375")


def test_whoever_runs_homeport_may_put_a_link_in_the_place_of_a_volume(tmp_path: Path) -> None:
    (tmp_path / "bucket").mkdir()
    (tmp_path / "volumes" / "project").mkdir(parents=True)
    (tmp_path / "volumes" / "project" / "shop-data").symlink_to(tmp_path / "bucket")
    make_folder(tmp_path / "volumes", "project", Mount(volume="shop-data", path="/mnt/data", sub_path="cart"))
    assert (tmp_path / "bucket" / "cart").is_dir()
