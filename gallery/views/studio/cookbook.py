"""The cookbook: recipes that come out well, to be painted as they are or taken to the studio."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gallery.studio.presets import cookbook
from gallery.views.request import Request
from gallery.views.studio.starters import to_render, to_studio


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request) -> HttpResponse:
    """All presets. A POST paints the one that `preset` names, or takes it to the studio; 404 if there is none."""
    if request.method != "POST":
        return render(request, "cookbook/page.html", {"cookbook": cookbook()})
    preset = cookbook().named(request.POST.get("preset", ""))
    if preset is None:
        raise Http404("There is no such recipe in the cookbook.")
    if "paint" in request.POST and not preset.to_bring:
        return to_render(request, preset.samples, preset.recipe)
    return to_studio(request, preset.samples, preset=preset.name)
