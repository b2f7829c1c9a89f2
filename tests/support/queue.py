"""An engine that runs one job at a time, kept busy, so that what waits for its turn can be looked at."""

from __future__ import annotations

from support.cae import Application
from support.server import PROJECT


class Queue:
    """An application in an engine with one slot; `busy` fills it, and whatever is asked for then waits."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._busy: str | None = None

    def busy(self) -> None:
        """Let the engine be at a job that does not end by itself."""
        component_id = self.application.component()
        self._busy = self.application.holds(component_id, "deploy", task="pull", script="pull=stuck")

    def free(self) -> None:
        """Let the engine go on with what waits; harmless when nothing keeps it busy."""
        if self._busy is not None:
            self.application.terminate(self._busy)
            self._busy = None

    def clear(self) -> None:
        """End every job that waits, then the one that runs, so that the engine is free again."""
        for status in ("init", "running"):
            answer = self.application.http.get(f"/homeport/v1/{PROJECT}/jobs", params={"status": status})
            for job in answer.json()["items"]:
                self.application.http.post(f"/homeport/v1/{PROJECT}/jobs/{job['id']}/terminate")
        self._busy = None
