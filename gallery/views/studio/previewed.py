"""The studio's form as the page's script sends it for a preview."""

from gallery.studio.form import StudioForm
from gallery.views.lookup import kind_or_404
from gallery.views.request import Request


def previewed(request: Request) -> StudioForm:
    """What the form says, at the size of a preview. Raises Http404 for an unknown kind of work."""
    fields = request.POST.copy()
    fields["preview"] = "1"
    return StudioForm(request.person, fields, request.FILES, kind=kind_or_404(fields))
