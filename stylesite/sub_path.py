"""A site under a path of its host: some proxies pass the path on as browsers send it, some without the prefix."""

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def without_prefix(application: Application, prefix: str) -> Application:
    """`application` as it is asked for under `prefix`, such as /studio, and without it."""
    if not prefix:
        return application

    def answer(request: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = request.get("PATH_INFO", "")
        if path == prefix or path.startswith(f"{prefix}/"):
            request["PATH_INFO"] = path[len(prefix) :] or "/"
        return application(request, start_response)

    return answer
