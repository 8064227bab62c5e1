"""Opens a finished picture's recipe in the studio, and checks whether a file is the one that a recipe names."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gallery.pictures import uploads
from gallery.studio import recall
from gallery.studio.form import SHA256, StudioForm
from gallery.studio.making import address_of
from gallery.views.request import Request
from gallery.views.studio import new as studio


@require_POST
def opened(request: Request) -> HttpResponse:
    """The studio, filled in from the file `finished`; 422 with one sentence if it contains no recipe.

    What a generator made opens in the panel that makes it, to vary it.
    """
    upload = request.FILES.get("finished")
    if not isinstance(upload, UploadedFile):
        return _refused(request, "Choose a picture that a Stylesite made.")
    try:
        found = recall.recall(upload, request.person)
    except ValidationError as error:
        return _refused(request, error.messages[0])
    if found.makes is not None:
        return redirect(address_of(found.makes))
    form = StudioForm(request.person, initial=found.values, notices=found.notices, kind=found.kind)
    return studio.page(request, form, remarks=found.remarks)


@require_POST
def compared(request: Request) -> HttpResponse:
    """One sentence if the file `picture` is not the picture with the hash `expected`; else nothing."""
    upload, expected = request.FILES.get("picture"), request.POST.get("expected", "")
    sentence = ""
    try:
        SHA256(expected)
        if isinstance(upload, UploadedFile) and not recall.is_it(upload, uploads.decode(upload), expected):
            sentence = recall.about_stranger(upload.name or "", expected)
    except ValidationError as error:
        sentence = error.messages[0]
    return HttpResponse(sentence, content_type="text/plain; charset=utf-8")


def _refused(request: Request, sentence: str) -> HttpResponse:
    return studio.page(request, StudioForm(request.person), status=422, refused=sentence)
