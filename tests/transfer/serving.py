"""A server on this machine that stands in for a package index."""

import threading
from base64 import b64encode
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Server:
    """A server on this machine, of pages by path; `asked` are paths with the ranges that were asked for.

    It closes the connection after `most` bytes of a page, knows no ranges if not `ranges`, and asks for `secret`.
    """

    def __init__(self):
        self.pages: dict[str, tuple[bytes, str]] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.most, self.ranges, self.secret = None, True, ""
        self.address = ""

    def answer(self, request):
        """Answers one GET request."""
        wanted = request.headers.get("Range") if self.ranges else None
        self.asked.append((request.path, wanted))
        if self.secret and request.headers.get("Authorization") != f"Basic {b64encode(self.secret.encode()).decode()}":
            request.send_error(401)
            return
        if request.path not in self.pages:
            request.send_error(404)
            return
        data, kind = self.pages[request.path]
        begin = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted else 0
        if begin >= len(data):
            request.send_error(416)
            return
        request.send_response(206 if wanted else 200)
        if wanted:
            request.send_header("Content-Range", f"bytes {begin}-{len(data) - 1}/{len(data)}")
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(data) - begin))
        request.end_headers()
        request.wfile.write(data[begin:][: self.most if kind == "application/gzip" else None])


@contextmanager
def serving():
    """A `Server` that answers while it is used."""
    made = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            made.answer(self)

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()
