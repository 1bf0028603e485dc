"""An answer of gunicorn's whose head goes out together with the beginning of its body.

Sent apart, the head wakes the caller for nothing, and costs as much as a short body.
"""

from functools import lru_cache
from time import time
from typing import Any

from gunicorn.http import wsgi
from gunicorn.util import http_date


class Response(wsgi.Response):
    """Takes what the application gives for one request, and sends it."""

    req: Any
    sock: Any

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._head = b""

    def default_headers(self) -> list[str]:
        """What gunicorn sends with every answer."""
        version = ".".join(map(str, self.req.version))
        headers = [
            f"HTTP/{version} {self.status}\r\n",
            f"Server: {self.version}\r\n",
            f"Date: {_date(int(time()))}\r\n",
            f"Connection: {'close' if self.should_close() else 'keep-alive'}\r\n",
        ]
        return [*headers, "Transfer-Encoding: chunked\r\n"] if self.chunked else headers

    def send_headers(self) -> None:
        """Put the head together, once: it is sent with what comes next."""
        if not self.headers_sent:
            lines = [*self.default_headers(), *(f"{k}: {v}\r\n" for k, v in self.headers), "\r\n"]
            self._head = "".join(lines).encode("latin-1")
            self.headers_sent = True

    def _emit_body(self, data: bytes) -> None:
        if self.chunked:
            self._send_head()
        else:
            data, self._head = self._head + data, b""
        super()._emit_body(data)  # type: ignore[misc] # the stubs are older

    def close(self) -> None:
        """Send what was not sent yet: all of an answer without a body."""
        self.send_headers()
        self._send_head()
        super().close()

    def _send_head(self) -> None:
        if self._head:
            self.sock.sendall(self._head)
            self._head = b""


@lru_cache(1)
def _date(second: int) -> str:
    return http_date(second)
