"""Rules of credentials: what each type needs, what is refused and how, and which server one is good for."""

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from homeport.identity.ssh_keys import UnusableKey, public_key_of
from homeport.model.credentials import CredentialType, NewCredential, checked, good_for, registry_of
from homeport.model.errors import InvalidParameter

SECRET = "hunter2-of-the-test"
HTTPS = NewCredential(name="team-git", type=CredentialType.GIT_HTTPS, username="ada", password=SECRET)
SSH = NewCredential(name="deploy-key", type=CredentialType.GIT_SSH, private_key=SECRET)
REGISTRY = NewCredential(name="hub", type=CredentialType.REGISTRY, server="docker.io", username="ada", password=SECRET)
S3 = NewCredential(
    name="shop-buckets",
    type=CredentialType.S3,
    server="https://obs.example.com",
    username="AKID",
    password=SECRET,
    buckets=("shop-data",),
)
VARIABLE = NewCredential(name="shop-password", type=CredentialType.SECRET, password=f"{SECRET}\nof two lines")
KNOWN = "git.example.com ssh-ed25519 AAAAC3Nza\n"


def refused(new, **changed):
    with pytest.raises(InvalidParameter) as refusal:
        checked(msgspec.structs.replace(new, **changed))
    assert SECRET not in str(refusal.value)
    return refusal.value


@pytest.mark.parametrize("new", [HTTPS, SSH, REGISTRY, S3, VARIABLE], ids=lambda new: new.type)
def test_what_each_type_needs_is_enough(new) -> None:
    assert checked(new).name == new.name


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (HTTPS, "username"),
        (HTTPS, "password"),
        (SSH, "private_key"),
        (REGISTRY, "server"),
        (REGISTRY, "username"),
        (REGISTRY, "password"),
        (S3, "server"),
        (S3, "username"),
        (S3, "password"),
        (S3, "buckets"),
        (VARIABLE, "password"),
    ],
)
def test_a_field_that_a_type_needs_is_named_when_it_is_missing(new, field) -> None:
    refusal = refused(new, **{field: None})

    assert refusal.field == field
    assert f"type {new.type} needs it" in str(refusal)


@pytest.mark.parametrize(
    ("new", "field"), [(HTTPS, "private_key"), (HTTPS, "known_hosts"), (SSH, "password"), (REGISTRY, "known_hosts")]
)
def test_a_field_of_another_type_is_refused(new, field) -> None:
    assert refused(new, **{field: KNOWN}).field == field


@pytest.mark.parametrize("name", ["", "-git", ".git", "team git", "team/git", "gït", "x" * 65, "git\n"])
def test_a_name_that_is_none_is_refused(name) -> None:
    assert refused(HTTPS, name=name).field == "name"


@pytest.mark.parametrize(
    ("new", "field", "value"),
    [
        (HTTPS, "username", ""),
        (HTTPS, "username", "ada:lovelace"),
        (HTTPS, "username", "ada\n"),
        (HTTPS, "username", "x" * 256),
        (HTTPS, "password", ""),
        (HTTPS, "password", f"{SECRET}\nusername=root"),
        (HTTPS, "password", SECRET * 1_000),
        (HTTPS, "server", ""),
        (HTTPS, "server", "git.example.com:0"),
        (HTTPS, "server", "git.example.com:70000"),
        (HTTPS, "server", "git example com"),
        (SSH, "known_hosts", ""),
        (SSH, "known_hosts", "# only words\n"),
        (SSH, "known_hosts", "git.example.com\n"),
        (VARIABLE, "password", ""),
        (VARIABLE, "password", f"{SECRET}\x00"),
        (VARIABLE, "username", "ada"),
        (S3, "server", "obs.example.com"),
        (S3, "server", "https://obs.example.com/bucket"),
        (S3, "server", "https://obs.example.com:70000"),
        (S3, "server", "https://obs.example.com,allow_other"),
        (S3, "buckets", ()),
        (S3, "buckets", ("shop-data",) * 101),
    ],
)
def test_a_value_that_cannot_be_is_refused_naming_the_field(new, field, value) -> None:
    assert refused(new, **{field: value}).field == field


def test_a_server_is_kept_in_one_form() -> None:
    assert checked(msgspec.structs.replace(HTTPS, server="https://Git.Example.com:8443/team")).server == (
        "git.example.com:8443"
    )


def test_an_endpoint_is_kept_in_one_form() -> None:
    assert checked(msgspec.structs.replace(S3, server="HTTP://127.0.0.1:9000/")).server == "http://127.0.0.1:9000"


@pytest.mark.parametrize("bucket", ["", "a/b", "a b", "../a", "shop-data"])
def test_a_bucket_that_is_none_or_named_twice_is_refused_by_its_number(bucket) -> None:
    assert refused(S3, buckets=("shop-data", bucket)).field == "buckets[1]"


def test_docker_hub_has_one_name() -> None:
    assert checked(msgspec.structs.replace(REGISTRY, server="https://index.docker.io/v1/")).server == "docker.io"


def test_a_key_with_the_line_ends_of_windows_is_kept_with_plain_ones() -> None:
    assert checked(msgspec.structs.replace(SSH, private_key="a\r\nb")).private_key == "a\nb\n"


def test_a_credential_shows_no_secret_when_it_is_printed() -> None:
    assert SECRET not in repr(HTTPS) + repr(SSH)


@pytest.mark.parametrize(
    ("server", "url"),
    [
        ("", "https://anywhere.example.com/x.git"),
        ("git.example.com", "https://git.example.com/x.git"),
        ("git.example.com", "https://ada@GIT.example.com:443/x.git"),
        ("git.example.com:443", "https://git.example.com/x.git"),
        ("git.example.com", "ssh://git@git.example.com/x.git"),
        ("git.example.com:22", "git@git.example.com:team/x.git"),
        ("[::1]:8443", "https://[::1]:8443/x.git"),
    ],
)
def test_a_credential_is_good_for(server, url) -> None:
    assert good_for(server, url)


@pytest.mark.parametrize(
    ("server", "url"),
    [
        ("git.example.com", "https://git.example.com.evil.test/x.git"),
        ("git.example.com", "https://git.example.com:8443/x.git"),
        ("git.example.com", "https://git.example.com@evil.test/x.git"),
        ("git.example.com", "git@evil.test:git.example.com/x.git"),
        ("git.example.com:2222", "git@git.example.com:team/x.git"),
        ("git.example.com", "https://git.example.com:port/x.git"),
    ],
)
def test_a_credential_is_not_shown_to(server, url) -> None:
    assert not good_for(server, url)


@pytest.mark.parametrize(
    ("image", "server"),
    [
        ("nginx:1", "docker.io"),
        ("team/shop:1", "docker.io"),
        ("docker.io/team/shop", "docker.io"),
        ("registry.example.com/shop/cart:1", "registry.example.com"),
        ("registry.example.com:5000/cart", "registry.example.com:5000"),
        ("localhost/cart", "localhost"),
        ("127.0.0.1:5000/cart@sha256:" + "0" * 64, "127.0.0.1:5000"),
    ],
)
def test_the_registry_of_an_image_is(image, server) -> None:
    assert registry_of(image) == server


def pem(key, form=PrivateFormat.OpenSSH, encryption=None) -> str:
    return key.private_bytes(Encoding.PEM, form, encryption or NoEncryption()).decode()


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        (pem(ed25519.Ed25519PrivateKey.generate()), "ssh-ed25519"),
        (pem(ed25519.Ed25519PrivateKey.generate(), PrivateFormat.PKCS8), "ssh-ed25519"),
        (pem(ec.generate_private_key(ec.SECP256R1())), "ecdsa-sha2-nistp256"),
        (pem(rsa.generate_private_key(65_537, 2_048), PrivateFormat.TraditionalOpenSSL), "ssh-rsa"),
    ],
    ids=["ed25519", "ed25519 in PKCS8", "ecdsa", "rsa in PEM"],
)
def test_the_public_half_of_a_key_is_known(key, kind) -> None:
    assert public_key_of(key).startswith(f"{kind} AAAA")


LOCKED = BestAvailableEncryption(b"word")


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("no key", "is no private key"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", "is no private key"),
        (pem(ed25519.Ed25519PrivateKey.generate(), PrivateFormat.PKCS8, LOCKED), "has a passphrase"),
        (pem(dsa.generate_private_key(1_024), PrivateFormat.PKCS8), "DSA"),
    ],
    ids=["words", "a torn key", "a locked key", "an outdated kind"],
)
def test_a_key_that_cannot_be_used_is_told_so_without_showing_it(key, says) -> None:
    with pytest.raises(UnusableKey, match=says) as refusal:
        public_key_of(key)
    assert all(line not in str(refusal.value) for line in key.splitlines()[1:])
