"""The configuration of a haproxy that serves one port: text, and the files beside it. Names are relative to its folder.

It inherits both sockets: 3 is the port, 4 the one it is told things by. It checks no instance: the supervisor knows
which are ready. Connections to instances are not kept: an instance that ends one just then would lose a request.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from homeport.routing.haproxy.shape import BEGINNINGS, CERTIFICATES, EXACT, NAMES, Shape, Table, Wanted

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
    http-reuse never
frontend port
    bind fd@3{tls}
    http-request set-var(txn.json) bool(true) if {{ req.hdr(accept) -m sub json }}
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
    yield from _said(501, "CONNECT is for forward proxies; this is an application's address", "{ method CONNECT }")
    if shape.told_apart:
        yield _PLACING.rstrip("\n")
        what = "a path with . or .. in it is not passed on here; send the path that is meant"
        yield from _said(400, what, r"{ var(txn.path) -m reg /\.{1,2}(/|$) }")
        yield from _said(404, "no component answers here for this host and path", "!{ var(txn.slot) -m found }")
        yield "    use_backend %[var(txn.slot)]"
    else:
        yield "    default_backend s0"
    for number in range(shape.slots):
        yield f"backend s{number}"
        what = f"{_COMPONENT} is closed to your address"
        yield from _said(403, what, f"{{ src -f s{number}.deny }}")
        yield from _said(403, what, f"!{{ src -f s{number}.allow }}")
        yield from _said(503, f"no instance of {_COMPONENT} is ready", "{ nbsrv eq 0 }", "hdr Retry-After 1")
        yield from _instead(502, "the instance broke off")
        yield from _instead(503, "no instance takes connections", "Retry-After: 1")
        yield from _instead(504, "the instance did not answer")
        yield from _servers(wanted, f"s{number}")


def _said(status: int, what: str, condition: str, more: str = "") -> Iterator[str]:
    """Return the rules that answer so, as JSON or as text, whichever the request's `Accept` names."""
    answer = f"    http-request return status {status} content-type"
    as_json = '"{\\"error\\": \\"' + what + '\\"}"'
    yield f"{answer} application/json lf-string {as_json} {more} if {condition} {{ var(txn.json) -m bool }}"
    text = f'"Homeport: {what}.\\n"'
    yield f'{answer} "text/plain; charset=utf-8" lf-string {text} {more} if {condition}'


def _instead(status: int, what: str, header: str = "") -> Iterator[str]:
    more = " hdr Retry-After 1" if header else ""
    yield f'    http-error status {status} content-type "text/plain; charset=utf-8" string "Homeport: {what}.\\n"{more}'


def _tls(shape: Shape) -> str:
    if shape.protocol != "https":
        return ""
    ciphers = f" ciphers {_STRICT}" if shape.strict_tls else ""
    return f" ssl crt-list {CERTIFICATES} ssl-min-ver TLSv1.2 alpn http/1.1{ciphers}"
