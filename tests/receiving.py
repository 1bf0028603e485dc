"""A receiver of webhooks on a real socket, which answers as it is told."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATIENCE_SECONDS = 20


@dataclass
class Receiver:
    """What was posted, in its order, and what is answered: a status, or a function that answers."""

    answer: int | Callable[[BaseHTTPRequestHandler, dict[str, Any]], int | None] = 204
    posted: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0
    came: threading.Condition = field(default_factory=threading.Condition)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.posted]

    def versions(self, subject: str, subject_id: int) -> list[int]:
        """The versions of a subject in the order in which they came."""
        told = (body["data"] for body in self.bodies())
        return [
            each["version"]
            for each in told
            if (each["subject"], each["id"]) == (subject, subject_id)
        ]

    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.posted]

    def wait(self, count: int) -> None:
        """Wait until so many were posted."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.posted) >= count, PATIENCE_SECONDS), (
                f"{len(self.posted)} of {count} came"
            )


@contextmanager
def receiving(answer: Any = 204, port: int = 0) -> Iterator[Receiver]:
    """Listen on a port of loopback."""
    receiver = Receiver(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with receiver.came:
                receiver.posted.append(({k.lower(): v for k, v in self.headers.items()}, body))
                receiver.came.notify_all()
            answer = receiver.answer
            status = answer if isinstance(answer, int) else answer(self, json.loads(body))
            if status is not None:
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    receiver.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()


def until(condition: Callable[[], Any]) -> Any:
    """Wait until a condition holds; gives what it gave."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come about")
