"""Terraform cannot run here, for its provider comes from elsewhere; so what can be seen without it is looked at."""

import re
import shutil
import subprocess

import pytest

from docs.pages import Block, pages

SNIPPETS = [block for page in pages() for block in page.blocks if block.language == "hcl"]
PROVIDERS = [block for block in SNIPPETS if 'provider "huaweicloud"' in block.text]

URL = "http://127.0.0.1:8223"
NEEDED = {
    "auth_url": f'"{URL}/v3"',
    "endpoints": f'{{ cae = "{URL}", iam = "{URL}" }}',
    "skip_check_website_type": "true",
}
"""What the provider has to be told to find Homeport, exactly so (contract/terraform.md, section 2)."""

RESOURCES = {"huaweicloud_cae_application", "huaweicloud_cae_component", "huaweicloud_cae_environment"}


def _arguments(text: str) -> dict[str, str]:
    return dict(re.findall(r"(?m)^ +(\w+) += (.+)$", text))


@pytest.mark.parametrize("block", PROVIDERS, ids=lambda block: block.place)
def test_the_provider_is_pointed_at_homeport(block: Block):
    arguments = _arguments(block.text)
    assert {name: arguments.get(name) for name in NEEDED} == NEEDED


@pytest.mark.parametrize("block", PROVIDERS, ids=lambda block: block.place)
def test_the_provider_has_keys_a_region_and_a_project(block: Block):
    assert {"access_key", "secret_key", "region", "project_id"} <= _arguments(block.text).keys()


@pytest.mark.parametrize("block", SNIPPETS, ids=lambda block: block.place)
def test_only_resources_that_the_provider_has_are_used(block: Block):
    assert set(re.findall(r'resource "(\w+)"', block.text)) <= RESOURCES


@pytest.mark.parametrize("block", SNIPPETS, ids=lambda block: block.place)
def test_it_is_written_as_terraform_itself_would_write_it(block: Block):
    program = shutil.which("terraform")
    if program is None:
        pytest.skip("terraform is not on this machine")
    done = subprocess.run(
        [program, "fmt", "-check", "-diff", "-"], input=block.text, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
