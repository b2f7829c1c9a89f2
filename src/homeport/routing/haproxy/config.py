"""The configuration of a haproxy that serves one port: text, and the files beside it. Names are relative to its folder.

It inherits both sockets: 3 is the port, 4 the one it is told things by. It checks no instance: the supervisor knows
which are ready. Connections to instances are not kept: an instance that ends one just then would lose a request.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from homeport.routing.haproxy.shape import (
    BEGINNINGS,
    CERTIFICATES,
    EXACT,
    INSTANCES,
    NAMES,
    READY,
    Shape,
    Table,
    Wanted,
)

_HEAD: Final = """\
global
    stats socket fd@4 level admin
    nbthread 1
    maxconn {connections}
    hard-stop-after 10s
    tune.maxrewrite 1024
    tune.bufsize 66560
defaults
    mode {mode}
    balance leastconn
    retries 2
    option redispatch 1
    timeout connect 5s
    timeout queue 5s
    timeout client 24h
    timeout server 24h
    timeout tunnel 24h
"""

_HTTP: Final = """\
    timeout http-request 60s
    timeout http-keep-alive 75s
    option http-server-close
    option http-no-delay
    option abortonclose
    http-reuse never
frontend port
    bind fd@3{tls}
    acl as_json var(txn.json) -m bool
    http-request set-var-fmt(txn.open) "Homeport: "
    http-request set-var-fmt(txn.shut) "."
    http-request set-var(txn.json) bool(true) if {{ req.hdr(accept) -m sub json }}
    http-request set-var-fmt(txn.open) "{{\\"error\\": \\"" if as_json
    http-request set-var-fmt(txn.shut) "\\"}}" if as_json
    http-response set-var(txn.theirs) bool(true)
    http-after-response set-header Content-Type application/json if as_json !{{ var(txn.theirs) -m bool }}
    http-request del-header TE
    http-request del-header Keep-Alive
    http-request del-header Proxy-Connection
    http-request del-header Proxy-Authorization
    http-request del-header Proxy-Authenticate
    http-request set-var(txn.way) 'req.fhdr(x-forwarded-for),concat(", ",,)' if {{ req.hdr(x-forwarded-for) -m found }}
    http-request set-header X-Forwarded-For "%[var(txn.way)]%[src]"
    http-request set-header X-Forwarded-Proto {scheme} unless {{ req.hdr(x-forwarded-proto) -m found }}
    http-request set-header X-Forwarded-Host %[req.hdr(host)] unless {{ req.hdr(x-forwarded-host) -m found }}
"""

_PLACING: Final = f"""\
    http-request set-var(txn.host) 'req.hdr(host),lower,regsub(":[0-9]*$","")'
    http-request set-var(txn.path) path,url_dec
    http-request set-var(txn.end) var(txn.path),url_enc
    http-request set-var(txn.wild) 'var(txn.host),regsub("^[^.]*","*"),concat(,txn.end)'
    http-request set-var(txn.whole) var(txn.host),concat(,txn.end)
    http-request set-var(txn.slot) var(txn.whole),map_str({EXACT})
    http-request set-var(txn.slot) var(txn.whole),map_beg({BEGINNINGS}) unless {{ var(txn.slot) -m found }}
    http-request set-var(txn.slot) var(txn.wild),map_str({EXACT}) unless {{ var(txn.slot) -m found }}
    http-request set-var(txn.slot) var(txn.wild),map_beg({BEGINNINGS}) unless {{ var(txn.slot) -m found }}
    http-request set-var(txn.slot) var(txn.end),map_str({EXACT}) unless {{ var(txn.slot) -m found }}
    http-request set-var(txn.slot) var(txn.end),map_beg({BEGINNINGS}) unless {{ var(txn.slot) -m found }}
"""

_STRICT: Final = "ECDHE+AESGCM:ECDHE+CHACHA20"
_COMPONENT: Final = f"component %[be_name,map_str({NAMES})]"
_ALL: Final = f"%[be_name,map_str({INSTANCES})]"
_ONE: Final = r"%[srv_name,regsub(-[^-]*\$,)]"
_LATER: Final = " hdr Retry-After 1"


def files_of(wanted: Wanted, connections: int) -> dict[str, str]:
    """Return the files of a process by name; `connections` is how many it may have at a time. Some are secret."""
    shape = wanted.shape
    files = {name: _table(table) for name, table in wanted.tables.items()}
    for number in range(shape.slots):
        files.setdefault(f"s{number}.allow", "")
        files.setdefault(f"s{number}.deny", "")
    lines = []
    for number, (pem, hosts) in enumerate(shape.shown):
        files[f"c{number}.pem"] = pem
        lines.append(f"./c{number}.pem {' '.join(hosts)}\n")
    if shape.shown:
        files[CERTIFICATES] = "".join(lines)
    files["haproxy.cfg"] = _text(wanted, connections)
    return files


def _table(table: Table) -> str:
    return "".join(f"{key} {value}".rstrip() + "\n" for key, value in table.items())


def _text(wanted: Wanted, connections: int) -> str:
    is_tcp = wanted.shape.protocol == "tcp"
    head = _HEAD.format(connections=connections, mode="tcp" if is_tcp else "http")
    return head + "".join(f"{line}\n" for line in (_tcp(wanted) if is_tcp else _http(wanted)))


def _servers(wanted: Wanted, slot: str) -> Iterator[str]:
    """Return the servers that a process has from its first connection on; the others are added while it runs."""
    for (backend, name), server in wanted.servers.items():
        if backend == slot:
            yield f"    server {name} {server.address}{'' if server.ready else ' disabled'}"


def _tcp(wanted: Wanted) -> Iterator[str]:
    yield "frontend port"
    yield "    bind fd@3"
    yield "    tcp-request connection reject if { src -f s0.deny } or !{ src -f s0.allow }"
    yield "    default_backend s0"
    yield "backend s0"
    yield from _servers(wanted, "s0")


def _http(wanted: Wanted) -> Iterator[str]:
    shape = wanted.shape
    scheme = "https" if shape.protocol == "https" else "http"
    yield _HTTP.format(tls=_tls(shape), scheme=scheme).rstrip("\n")
    yield _said(501, "CONNECT is for forward proxies; this is an application's address", "{ method CONNECT }")
    if shape.told_apart:
        yield _PLACING.rstrip("\n")
        what = "a path with . or .. in it is not passed on here; send the path that is meant"
        yield _said(400, what, r"{ var(txn.path) -m reg /\.{1,2}(/|$) }")
        yield _said(404, "no component answers here for this host and path", "!{ var(txn.slot) -m found }")
        yield "    use_backend %[var(txn.slot)]"
    else:
        yield "    default_backend s0"
    for number in range(shape.slots):
        yield f"backend s{number}"
        what = f"{_COMPONENT} is closed to your address"
        yield _said(403, what, f"{{ src -f s{number}.deny }}")
        yield _said(403, what, f"!{{ src -f s{number}.allow }}")
        yield from _unavailable()
        yield from _servers(wanted, f"s{number}")


def _unavailable() -> Iterator[str]:
    """Return what is said, as by `front_answers`, when there is no instance to say it."""
    none = f"!{{ be_name,map_str({INSTANCES}) -m found }}"
    yield _said(503, f"{_COMPONENT} runs no instance at the moment", none, _LATER)
    # Not by `nbsrv`: it is 0, too, for a process that ends and is asked on the connections it still has.
    waiting = f"!{{ be_name,map_str({READY}) -m found }}"
    yield _said(503, f"no instance of {_COMPONENT} is ready: {_ALL}", waiting, _LATER)
    yield _instead(502, f"instance {_ONE} broke off")
    yield _instead(503, f"no instance of {_COMPONENT} takes connections: {_ALL}", _LATER)
    yield _instead(504, f"instance {_ONE} did not answer")


def _said(status: int, what: str, condition: str, more: str = "") -> str:
    return f"    http-request return status {status} {_answer(what)}{more} if {condition}"


def _instead(status: int, what: str, more: str = "") -> str:
    """Return what is said where haproxy itself ends a request with a status."""
    return f"    http-error status {status} {_answer(what)}{more}"


def _answer(what: str) -> str:
    """Return an answer as JSON or as text, whichever the request's `Accept` names."""
    return f'content-type "text/plain; charset=utf-8" lf-string "%[var(txn.open)]{what}%[var(txn.shut)]\\n"'


def _tls(shape: Shape) -> str:
    if shape.protocol != "https":
        return ""
    ciphers = f" ciphers {_STRICT}" if shape.strict_tls else ""
    return f" ssl crt-list {CERTIFICATES} ssl-min-ver TLSv1.2 alpn http/1.1{ciphers}"
