"""How a request is told from others: an id of its own, and its place in a trace."""

import re
import secrets
from collections.abc import Mapping
from typing import Any

from opentelemetry import context, trace
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_WELL_FORMED = re.compile(r"[A-Za-z0-9._:@+/=~-]{1,128}")
_TRACE_CONTEXT = TraceContextTextMapPropagator()
_SENT = ("traceparent", "tracestate")


def identifier(environ: Mapping[str, Any]) -> str:
    """The id that a request came with in ``X-Request-Id``, where it is well-formed, or a new one.

    Where it is not, it could break a line of a log in two, or be as long as a book.
    """
    sent = str(environ.get("HTTP_X_REQUEST_ID", ""))
    return sent if _WELL_FORMED.fullmatch(sent) else secrets.token_hex(16)


def traced(environ: Mapping[str, Any]) -> trace.SpanContext:
    """The place of a request in the trace it came with (W3C Trace Context), or in a new one."""
    parent = trace.INVALID_SPAN_CONTEXT
    if "HTTP_TRACEPARENT" in environ:
        carried = {
            header: environ[f"HTTP_{header.upper()}"]
            for header in _SENT
            if f"HTTP_{header.upper()}" in environ
        }
        parent = trace.get_current_span(
            _TRACE_CONTEXT.extract(carried, context.Context())
        ).get_span_context()
    return trace.SpanContext(
        trace_id=parent.trace_id or _chance(16),
        span_id=_chance(8),
        is_remote=False,
        trace_flags=parent.trace_flags,
        trace_state=parent.trace_state,
    )


def carry_on(here: trace.SpanContext) -> None:
    """Let what is sent to others from now on carry the trace on.

    It does where ``opentelemetry.propagate.inject`` adds it to the headers.
    """
    context.attach(trace.set_span_in_context(trace.NonRecordingSpan(here), context.Context()))


def as_header(here: trace.SpanContext) -> str:
    """A place in a trace as ``traceparent`` and ``traceresponse`` carry it."""
    trace_id, span_id = trace.format_trace_id(here.trace_id), trace.format_span_id(here.span_id)
    return f"00-{trace_id}-{span_id}-{here.trace_flags:02x}"


def _chance(size: int) -> int:
    """A number of so many bytes that is not 0, which would be no id."""
    return int.from_bytes(secrets.token_bytes(size)) or 1
