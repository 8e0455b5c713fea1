"""A service on this machine that takes what robots send, writes it down and answers as it is told to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Received:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    content: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.content)


@dataclass
class Exchange:
    """The service. ``status``, ``answer`` and ``headers`` are what it answers with."""

    address: str = ""
    received: list[Received] = field(default_factory=list)
    status: int = 200
    answer: bytes = b'{"errcode":0,"errmsg":"ok"}'
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def last(self) -> Received:
        return self.received[-1]


@contextmanager
def running() -> Iterator[Exchange]:
    """An exchange that listens on a free port as long as the block runs."""
    exchange = Exchange()

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            exchange.received.append(Received("POST", self.path, dict(self.headers), content))
            self._answer()

        def do_GET(self) -> None:
            exchange.received.append(Received("GET", self.path, dict(self.headers), b""))
            self._answer()

        def _answer(self) -> None:
            self.send_response(exchange.status)
            for name, value in {**exchange.headers, "Content-Length": str(len(exchange.answer))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(exchange.answer)

        def log_message(self, *_: Any) -> None:
            """Nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    exchange.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield exchange
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
