"""A small reverse proxy, as people put one before the site."""

import contextlib
import http.client
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "host"}


@dataclass
class Proxy:
    """What it does with a request: the port behind it, the headers that it sets, and the prefix that it takes away.

    `paths` are those that it was asked for.
    """

    port: int
    headers: dict[str, str]
    strips: str = ""
    paths: list[str] = field(default_factory=list)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        """Answers a request as the site does."""
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *words: object) -> None:
                """Says nothing."""

            def do_GET(self) -> None:
                proxy.paths.append(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                sent = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
                sent |= {"Host": self.headers["Host"], "X-Forwarded-For": self.client_address[0], **proxy.headers}
                behind = http.client.HTTPConnection("127.0.0.1", proxy.port)
                behind.request(self.command, self.path.removeprefix(proxy.strips), body, sent)
                answer = behind.getresponse()
                content = answer.read()
                self.send_response(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in {*HOP_BY_HOP, "content-length", "date", "server"}:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            do_POST = do_HEAD = do_GET  # noqa: N815 -- as http.server asks for them

        return Handler


@contextlib.contextmanager
def running(proxy: Proxy) -> Iterator[int]:
    """The port at which a proxy runs, until the end of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), proxy.handler())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
