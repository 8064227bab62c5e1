"""The instant picture of what the studio's form says, while somebody moves its sliders."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gallery.queueing import instant
from gallery.studio.instant import question_of
from gallery.views.complaints import complaints
from gallery.views.request import Request
from gallery.views.studio.previewed import previewed


@require_POST
@never_cache
def picture(request: Request) -> HttpResponse:
    """A JPEG of at most 256 px, made at once; nothing is stored or queued.

    409 where the form's kind of work has no instant picture, 422 with sentences by field, and 503 where no process
    makes them.
    """
    form = previewed(request)
    if not form.is_valid():
        return complaints(form)
    question = question_of(form.submission)
    if question is None:
        return JsonResponse({"why": "This kind of work has no instant picture."}, status=409)
    try:
        return HttpResponse(instant.ask(question), content_type="image/jpeg")
    except instant.NotPossible as error:
        return JsonResponse({"errors": {"content": [str(error)]}}, status=422)
    except instant.NobodyAnswers:
        return JsonResponse({"why": "No process is making instant pictures here."}, status=503)
