"""ShowJob with a token against a bare ASGI answer of the same bytes, under the same server, in the same run.

Prints requests a second of both (median of the rounds), the ratio, the same for a job picked at random among 100,000
old ones, the memory of the engine after the load and a password login, and the time from start to the first answer.

    python benchmarks/show_job.py [--seconds 10] [--rounds 3] [--old-jobs 100000]
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx2

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from support.server import PROJECT, Server, wait_for

CONNECTIONS = 32

BARE = """
import asyncio, socket, sys
import uvicorn

body = sys.stdin.buffer.read()
headers = [
    (b"content-type", b"application/json"),
    (b"etag", b'"13"'),
    (b"x-request-id", b"0123456789abcdef0123456789abcdef"),
    (b"content-length", str(len(body)).encode()),
]

async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})

listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", ws="none", server_header=False,
                        proxy_headers=False)
uvicorn.Server(config).run(sockets=[listener])
"""


def main() -> None:
    """Run the benchmark and print its figures."""
    options = arguments()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing: apt-get install wrk")
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        server = Server(Path(folder) / "data", log_level="warning").start()
        first_answer = time.monotonic() - started
        try:
            measure(server, options, first_answer)
        finally:
            server.stop()


def measure(server: Server, options: argparse.Namespace, first_answer: float) -> None:
    """Print every figure."""
    client, job_id, environment_id = a_job(server)
    headers = {"X-Auth-Token": client.headers["X-Auth-Token"], "X-Environment-ID": environment_id}
    path = f"/v1/{PROJECT}/cae/jobs/{job_id}"
    document = client.get(path).content
    bare = subprocess.Popen([sys.executable, "-c", BARE], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert bare.stdin is not None
        assert bare.stdout is not None
        bare.stdin.write(document)
        bare.stdin.close()
        bare_url = f"http://127.0.0.1:{int(bare.stdout.readline())}{path}"
        bares, ours = [], []
        for _ in range(options.rounds):
            bares.append(wrk(bare_url, options.seconds, headers))
            ours.append(wrk(server.url + path, options.seconds, headers))
    finally:
        bare.kill()
        bare.wait()
    server.token()
    memory = rss(server.pid)
    old = old_jobs(server, options, headers) if options.old_jobs else 0.0
    bare_rate, our_rate = statistics.median(bares), statistics.median(ours)
    figures = {
        "bare answer, requests a second": round(bare_rate),
        "ShowJob, a job that moved lately, requests a second": round(our_rate),
        "ShowJob / bare, percent": round(100 * our_rate / bare_rate, 1),
        f"ShowJob, one of {options.old_jobs} old jobs, requests a second": round(old),
        "old job / bare, percent": round(100 * old / bare_rate, 1),
        "bytes of the answer": len(document),
        "memory after the load and a password login, MB": round(memory / 1e6, 1),
        "from start to the first answer, seconds": round(first_answer, 2),
    }
    print(json.dumps(figures, indent=2))


def a_job(server: Server) -> tuple[httpx2.Client, str, str]:
    """Return a client, and a finished five-task job with its environment."""
    client = server.http()
    root = f"/v1/{PROJECT}/cae"
    made = client.post(f"{root}/environments", json={"metadata": {"name": "bench"}}).json()["job_id"]
    wait_for(lambda: client.get(f"{root}/jobs/{made}").json()["spec"]["status"] == "success")
    environment_id = client.get(f"{root}/environments").json()["items"][0]["id"]
    client.headers["X-Environment-ID"] = environment_id
    application = client.post(f"{root}/applications", json={"metadata": {"name": "bench"}}).json()["metadata"]["id"]
    spec = {
        "runtime": "Docker",
        "replica": 1,
        "source": {"type": "image", "url": "nginx:1"},
        "resource_limit": {"cpu_limit": "500m", "memory_limit": "1Gi"},
    }
    body = {"metadata": {"name": "bench", "annotations": {"version": "1.0.0"}}, "spec": spec}
    component = client.post(f"{root}/applications/{application}/components", json=body).json()["metadata"]["id"]
    action = f"{root}/applications/{application}/components/{component}/action"
    job_id = client.post(action, json={"metadata": {"name": "deploy"}}).json()["job_id"]
    wait_for(lambda: client.get(f"{root}/jobs/{job_id}").json()["spec"]["status"] == "success")
    return client, job_id, environment_id


def old_jobs(server: Server, options: argparse.Namespace, headers: dict[str, str]) -> float:
    """Return the rate for jobs picked at random among many old ones, none of which is in memory."""
    server.stop()
    ids = fill(server.data_dir / "homeport.db", options.old_jobs)
    server.start(HOMEPORT_PORT="0")
    script = server.data_dir / "pick.lua"
    listed = ",".join(f'"{job_id}"' for job_id in ids)
    script.write_text(
        f"local ids = {{{listed}}}\n"
        "request = function()\n"
        f'  return wrk.format("GET", "/v1/{PROJECT}/cae/jobs/" .. ids[math.random(#ids)])\n'
        "end\n"
    )
    return statistics.median(wrk(server.url, options.seconds, headers, script) for _ in range(options.rounds))


def fill(database: Path, count: int) -> list[str]:
    """Copy the newest finished job so many times, under new ids, and return ten thousand of them."""
    connection = sqlite3.connect(database)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(job)")]
    newest = connection.execute("SELECT * FROM job ORDER BY id DESC LIMIT 1").fetchone()
    place = columns.index("id")
    ids = [f"01000000-0000-7000-8000-{number:012x}" for number in range(count)]
    marks = ",".join("?" for _ in columns)
    rows = ((*newest[:place], job_id, *newest[place + 1 :]) for job_id in ids)
    connection.executemany(f"INSERT INTO job VALUES ({marks})", rows)
    connection.commit()
    connection.close()
    return ids[:: max(1, count // 10_000)]


def wrk(url: str, seconds: int, headers: dict[str, str], script: Path | None = None) -> float:
    """Return the requests a second that wrk reached; every answer has to be 200."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    if script is not None:
        command += ["-s", str(script)]
    output = subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in output:
        raise SystemExit(f"not every answer was 200:\n{output}")
    match = re.search(r"Requests/sec:\s+([0-9.]+)", output)
    assert match is not None, output
    return float(match.group(1))


def rss(pid: int) -> int:
    """Return the resident memory of a process in bytes."""
    match = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert match is not None
    return int(match.group(1)) * 1024


def arguments() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=10, help="length of one measurement")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each kind, in turns")
    parser.add_argument("--old-jobs", type=int, default=100_000, help="finished jobs to fill the store with")
    return parser.parse_args()


if __name__ == "__main__":
    main()
