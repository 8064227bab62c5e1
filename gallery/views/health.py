"""For load balancers and monitoring."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gallery.doctor.health import report


@require_safe
@never_cache
def check(request: HttpRequest) -> JsonResponse:
    """200 if every part is there, else 503; the JSON names each part and what is wrong with it."""
    parts = report()
    missing = [name for name, verdict in parts.items() if verdict != "ok"]
    body = {"status": "unavailable" if missing else "ok", "missing": missing, "parts": parts}
    return JsonResponse(body, status=503 if missing else 200)
