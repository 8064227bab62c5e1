"""Opening a finished picture's recipe in the studio, and telling whether a file is what such a recipe names."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from gallery.accounts.access import ownership
from gallery.pictures import uploads
from gallery.studio import recall
from gallery.studio.form import SHA256, StudioForm
from gallery.views import studio


@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """The studio, filled in from the file `finished`; 422 with one sentence when there is no recipe in it."""
    upload = request.FILES.get("finished")
    if not isinstance(upload, UploadedFile):
        return _refused(request, "Choose a picture that a Stylesite made.")
    try:
        found = recall.recall(upload, ownership(request))
    except ValidationError as error:
        return _refused(request, error.messages[0])
    form = StudioForm(initial=found.values, notices=found.notices, kind=found.kind)
    return studio.page(request, form, remarks=found.remarks)


@require_POST
def compared(request: HttpRequest) -> HttpResponse:
    """One sentence when the file `picture` is another picture than the one with the hash `expected`; else nothing."""
    upload, expected = request.FILES.get("picture"), request.POST.get("expected", "")
    sentence = ""
    try:
        SHA256(expected)
        if isinstance(upload, UploadedFile) and not recall.is_it(upload, uploads.decode(upload), expected):
            sentence = recall.about_stranger(upload.name or "", expected)
    except ValidationError as error:
        sentence = error.messages[0]
    return HttpResponse(sentence, content_type="text/plain; charset=utf-8")


def _refused(request: HttpRequest, sentence: str) -> HttpResponse:
    return studio.page(request, StudioForm(), status=422, refused=sentence)
