"""Log lines: one JSON object each (or coloured text) on standard error, never with personal data."""

import logging
import sys
from typing import Any, Literal

import msgspec
import structlog
from structlog.typing import EventDict, ExcInfo, Processor

_encoder = msgspec.json.Encoder(enc_hook=repr)
_frames = structlog.tracebacks.ExceptionDictTransformer(show_locals=False, max_frames=30)


def configure(log_format: Literal["json", "console"]) -> None:
    """Set up structlog, and the standard library's logging for the warnings of libraries."""
    first: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Processor] = _last_steps(log_format)
    as_json = log_format == "json"
    structlog.configure(
        processors=[*first, *last, *([_to_bytes] if as_json else [])],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=(
            structlog.BytesLoggerFactory(sys.stderr.buffer)
            if as_json
            else structlog.PrintLoggerFactory(sys.stderr)
        ),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
            foreign_pre_chain=first,
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def _last_steps(log_format: Literal["json", "console"]) -> list[Processor]:
    if log_format == "json":
        return [
            structlog.processors.ExceptionRenderer(_exception),
            structlog.processors.JSONRenderer(_encode),
        ]
    plain = structlog.dev.plain_traceback  # the coloured one shows the values of variables
    return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]


def _exception(exc_info: ExcInfo) -> list[dict[str, object]]:
    """Where it happened, never with the values of variables.

    Of messages only the first line: PostgreSQL's further ones quote the row, and so members' addresses.
    """
    exceptions = _frames(exc_info)
    for exception in exceptions:
        exception["exc_value"] = str(exception["exc_value"]).partition("\n")[0][:300]
    return exceptions


def _encode(event: EventDict, **_: object) -> str:
    return _encoder.encode(event).decode()


def _to_bytes(_logger: object, _method: str, line: Any) -> bytes:
    return line.encode()
