"""Programs for instances to run, by what they do."""

from support.web import WEB

SERVER = (
    WEB
    + """
import pathlib, subprocess

class Mirror(Handler):
    def answer(self, method, body):
        status = HOME / "status"
        words = {"environ": dict(os.environ), "cwd": os.getcwd(), "pid": os.getpid()}
        return int(status.read_text()) if status.exists() else 200, json.dumps(words).encode()

def serve():
    Server((os.environ["HOST"], int(os.environ["PORT"])), Mirror).serve_forever()

HOME = pathlib.Path(os.environ["HOME"])
"""
)

PROGRAMS = {
    "serves": "print('up', flush=True); serve()",
    "is quick to crash": "print('no luck', file=sys.stderr, flush=True); sys.exit(3)",
    "never listens": "time.sleep(1000)",
    "ignores SIGTERM": "signal.signal(signal.SIGTERM, signal.SIG_IGN); serve()",
    "notes SIGTERM": """
def end(*_):
    with (HOME / "ends").open("a") as file: print("SIGTERM", file=file)
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
serve()""",
    "tells of SIGTERM": """
def end(*_):
    print("SIGTERM", flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
serve()""",
    "spins": "while True: pass",
    "leaves a daemon": """
daemon = subprocess.Popen(["sleep", "1000"], start_new_session=True, env={})
(HOME / "daemon").write_text(str(daemon.pid))
serve()""",
    "crashes and leaves a daemon": """
daemon = subprocess.Popen(["sleep", "1000"], start_new_session=True)
with (HOME / "daemons").open("a") as file: print(daemon.pid, file=file)
sys.exit(1)""",
    "eats memory": "eaten = []\nwhile True: eaten.append(b'x' * (1 << 24))",
    "writes much": """
for number in range(20_000): print(f"line {number}", flush=number % 100 == 0)
serve()""",
    "serves once": """
if not (HOME / "was here").exists():
    (HOME / "was here").touch()
    sys.exit(1)
serve()""",
}
"""What programs do, and the source of one that does it; each behaviour is a package of its own."""

SCRIPTS = {"serves": "", "is quick to crash": "ready=crash", "never listens": "ready=never", "eats memory": "ready=oom"}
"""The same for the driver `simulated`, where it can pretend it."""
