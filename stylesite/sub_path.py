"""A site under a path of its host: some proxies pass the path on as browsers send it, some without the prefix."""

from collections.abc import Callable
from typing import Any

Application = Callable[[dict[str, Any], Any], Any]


def without_prefix(application: Application, prefix: str) -> Application:
    """`application` as it is asked for under `prefix`, such as /studio, and without it."""
    if not prefix:
        return application

    def answer(request: dict[str, Any], start_response: Any) -> Any:
        path = request.get("PATH_INFO", "")
        if path == prefix or path.startswith(f"{prefix}/"):
            request["PATH_INFO"] = path[len(prefix) :] or "/"
        return application(request, start_response)

    return answer
