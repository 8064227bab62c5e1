"""The instant picture of what the studio's form says, while somebody moves its sliders."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gallery.queueing import instant
from gallery.studio.form import StudioForm
from gallery.studio.instant import question_of
from gallery.views.request import Request
from gallery.views.studio.new import kind_or_404


@require_POST
@never_cache
def picture(request: Request) -> HttpResponse:
    """A JPEG of at most 256 px, made at once; nothing is stored or queued.

    409 where the form's kind of work has no instant picture, 422 with sentences by field, and 503 where no process
    makes them.
    """
    fields = request.POST.copy()
    fields["preview"] = "1"
    form = StudioForm(request.person, fields, request.FILES, kind=kind_or_404(fields))
    if not form.is_valid():
        return JsonResponse({"errors": {name: list(map(str, form.errors[name])) for name in form.errors}}, status=422)
    question = question_of(form.submission)
    if question is None:
        return JsonResponse({"why": "This kind of work has no instant picture."}, status=409)
    try:
        return HttpResponse(instant.ask(question), content_type="image/jpeg")
    except instant.NotPossible as error:
        return JsonResponse({"errors": {"content": [str(error)]}}, status=422)
    except instant.NobodyAnswers:
        return JsonResponse({"why": "No process is making instant pictures here."}, status=503)
