"""Settings: what counts before what, and what is said of one that cannot be used."""

from pathlib import Path

import pytest

from homeport.settings import SECRET, SettingError, Settings, describe, flag_of, load_settings, variable_of


def settings_file(folder: Path, text: str) -> Path:
    file = folder / "homeport.toml"
    file.write_text(text)
    return file


def refused(flags: dict[str, object], environ: dict[str, str] | None = None, file: Path | None = None) -> str:
    with pytest.raises(SettingError) as caught:
        load_settings(flags, environ or {}, file)
    return str(caught.value)


def test_without_anything_the_defaults_count():
    assert load_settings({}, {}, None) == Settings()


def test_a_flag_counts_before_a_variable_and_a_variable_before_the_file(tmp_path: Path):
    file = settings_file(tmp_path, 'host = "file"\nport = 1\nslots = 1')
    settings = load_settings({"host": "flag"}, {"HOMEPORT_HOST": "variable", "HOMEPORT_PORT": "2"}, file)
    assert (settings.host, settings.port, settings.slots) == ("flag", 2, 1)


def test_an_empty_variable_is_as_if_it_were_not_set():
    assert load_settings({}, {"HOMEPORT_PORT": ""}, None).port == Settings().port


def test_variables_of_others_are_left_alone():
    assert load_settings({}, {"HOMEPORT_ENDPOINT": "http://elsewhere", "PORT": "1"}, None) == Settings()


@pytest.mark.parametrize("word", ["true", "1"])
def test_a_switch_is_turned_on_by_a_word(word: str):
    assert load_settings({}, {"HOMEPORT_REPORT_UNFINISHED_AS_FAILED": word}, None).report_unfinished_as_failed


def test_folders_are_separated_by_colons():
    settings = load_settings({}, {"HOMEPORT_FILE_SOURCES": "/srv/a:/srv/b:"}, None)
    assert settings.file_sources == [Path("/srv/a"), Path("/srv/b")]


def test_a_path_may_begin_with_the_home_folder(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOME", "/home/ada")
    assert load_settings({"data_dir": "~/engine"}, {}, None).data_dir == Path("/home/ada/engine")


def test_a_flag_that_cannot_be_used_is_named_with_what_is_allowed():
    assert refused({"port": "99999"}) == "setting port (--port) is '99999'; allowed: whole numbers from 0 to 65535"


def test_a_variable_that_cannot_be_used_is_named_as_it_was_given():
    text = refused({}, {"HOMEPORT_DRIVER": "vm"})
    assert text == "setting driver (HOMEPORT_DRIVER) is 'vm'; allowed: auto, docker, process, simulated"


def test_a_line_of_the_file_that_cannot_be_used_is_named_with_the_file(tmp_path: Path):
    file = settings_file(tmp_path, "slots = 0")
    text = refused({}, {}, file)
    assert text == f"setting slots (file {file}) is 0; allowed: whole numbers from 1 to 10000"


def test_a_secret_that_cannot_be_used_is_not_shown(tmp_path: Path):
    text = refused({}, {}, settings_file(tmp_path, "secret_key = 123456"))
    assert "secret_key" in text
    assert "123456" not in text


def test_an_unknown_name_in_the_file_is_refused_with_the_nearest_one(tmp_path: Path):
    file = settings_file(tmp_path, "prot = 8224")
    assert refused({}, {}, file) == f"file {file} has 'prot', which is no setting; did you mean port?"


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path):
    assert "is no TOML" in refused({}, {}, settings_file(tmp_path, "port: 1"))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    file = tmp_path / "nowhere.toml"
    assert refused({}, {}, file) == f"the settings file {file} cannot be read: No such file or directory"


@pytest.mark.parametrize("given", ["tls_cert", "tls_key"])
def test_a_certificate_and_its_key_belong_together(given: str):
    assert refused({given: "/etc/x.pem"}) == "settings tls_cert and tls_key: give both or neither"


@pytest.mark.parametrize("ports", ["0-10", "20-10", "60000-70000"])
def test_ports_for_applications_are_a_range_of_ports(ports: str):
    assert f"setting front_ports is {ports}" in refused({"front_ports": ports})


def test_a_store_that_is_no_postgresql_database_is_refused_with_what_is_allowed():
    assert "allowed: a postgresql:// address" in refused({"store": "mysql://host/name"})


@pytest.mark.parametrize(
    ("host", "reachable"),
    [("127.0.0.1", False), ("::1", False), ("localhost", False), ("0.0.0.0", True), ("10.1.2.3", True), ("box", True)],
)
def test_an_address_that_others_can_reach_is_told_apart(host: str, reachable: bool):
    assert Settings(host=host).on_loopback is not reachable


@pytest.mark.parametrize("facts", describe(), ids=lambda facts: facts.name)
def test_every_setting_says_what_it_is_and_what_it_takes(facts):
    assert facts.description.endswith(".")
    assert facts.allowed


@pytest.mark.parametrize("facts", describe(), ids=lambda facts: facts.name)
def test_every_default_can_be_given_as_text(facts):
    if facts.default in (None, "") or not isinstance(facts.default, str | int | float):
        return
    text = str(facts.default).lower() if facts.switch else str(facts.default)
    assert load_settings({}, {variable_of(facts.name): text}, None) == Settings()


def test_a_setting_has_one_name_in_three_spellings():
    assert (variable_of("data_dir"), flag_of("data_dir")) == ("HOMEPORT_DATA_DIR", "--data-dir")


def test_secrets_are_settings():
    assert set(Settings.__struct_fields__) >= SECRET
