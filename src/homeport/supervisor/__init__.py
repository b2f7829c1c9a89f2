"""The detached process that owns the instances of driver `process`, and the front.

`run` is it, from its start to its end. Everybody else speaks to it through `homeport.drivers.process.link`.
"""

from homeport.supervisor.server import IDLE_SECONDS, AlreadyRuns, run

__all__ = ["IDLE_SECONDS", "AlreadyRuns", "run"]
