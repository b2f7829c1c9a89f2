"""The engine's own log: one line an event, to standard error, as text on a terminal and as JSON elsewhere.

Modules get their logger here, and structlog through it alone.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Final, cast


def _without_rich() -> ModuleType:
    """Import structlog as if rich were not installed: it would only draw tracebacks, which this log never lets it do.

    With it each engine takes a fifth longer to import what it needs.
    """
    loaded = "rich" in sys.modules
    if not loaded:
        sys.modules["rich"] = cast("ModuleType", None)  # what Python reads as: cannot be imported
    try:
        return importlib.import_module("structlog")
    finally:
        if not loaded:
            del sys.modules["rich"]


if TYPE_CHECKING:
    import structlog
else:
    structlog = _without_rich()

get_logger = structlog.get_logger

_LEVELS: Final = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}


def set_up_logging(level: str, style: str) -> None:
    """Let structlog and the standard library write from `level` on; `style` is auto, text or json.

    Tracebacks never show local variables: tokens and secrets would stand in them.
    """
    text = style == "text" or (style == "auto" and sys.stderr.isatty())
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *_rendering(text=text),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=lambda *_: _LossyLogger(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=max(_LEVELS[level], logging.WARNING), stream=sys.stderr, format="%(name)s: %(message)s")


class _LossyLogger(structlog.WriteLogger):
    """Loses a line that cannot be written: a full disk under the log must not keep the engine from its work."""

    def msg(self, message: str) -> None:
        """Write a line, if it can be written."""
        with contextlib.suppress(OSError):
            super().msg(message)

    log = debug = info = warn = warning = msg
    fatal = failure = err = error = critical = exception = msg


def _rendering(*, text: bool) -> list[structlog.typing.Processor]:
    if text:
        plain = structlog.dev.plain_traceback
        return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
