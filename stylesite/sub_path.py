"""A site under a path of its host: some proxies pass the path on as browsers send it, some without the prefix."""

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def without_prefix(application: Application, prefix: str) -> Application:
    """`application` as it is asked for under `prefix`, such as /studio, and without it."""
    if not prefix:
        return application

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == prefix or path.startswith(f"{prefix}/"):
            environ["PATH_INFO"] = path[len(prefix) :] or "/"
        return application(environ, start_response)

    return answer
