"""What of the engine's own environment its instances and builds may see: an allowed few names, nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_INSTANCES: Final = re.compile(r"PATH|LANG|LANGUAGE|LC_[A-Z]+|TZ")
_BUILDS: Final = re.compile(
    _INSTANCES.pattern + r"|HOME|USER|LOGNAME|SSH_AUTH_SOCK"
    r"|PIP_\w+|UV_\w+|NPM_CONFIG_\w+|npm_config_\w+|JAVA_HOME|MAVEN_OPTS"
    r"|SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS|GIT_SSL_CAINFO|GIT_SSL_CAPATH"
    r"|(?:http|https|ftp|all|no)_proxy|(?:HTTP|HTTPS|FTP|ALL|NO)_PROXY"
)
_SUPERVISOR_NEVER: Final = re.compile(r"HOMEPORT_\w+")
_DEFAULT_PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def for_instances(environ: Mapping[str, str]) -> dict[str, str]:
    """Return what instances see: the search path, the language and the time zone. A search path is always there."""
    return {"PATH": _DEFAULT_PATH} | _allowed(environ, _INSTANCES)


def for_builds(environ: Mapping[str, str]) -> dict[str, str]:
    """Return what builds see: that, and what package managers need to find their indexes, proxies and certificates."""
    return {"PATH": _DEFAULT_PATH} | _allowed(environ, _BUILDS)


def for_supervisor(environ: Mapping[str, str]) -> dict[str, str]:
    """Return what the supervisor is started with: all but Homeport's own settings, which may hold secrets."""
    return {name: value for name, value in environ.items() if not _SUPERVISOR_NEVER.fullmatch(name)}


def _allowed(environ: Mapping[str, str], names: re.Pattern[str]) -> dict[str, str]:
    return {name: value for name, value in environ.items() if names.fullmatch(name)}
