"""The studio's presets."""

from django import template

from gallery.studio import looks
from transfer.kinds import Kind

register = template.Library()


@register.simple_tag
def preset_offers(kind: Kind) -> dict[str, object]:
    """The looks and the cookbook's presets for a kind of work, and the fields that both set, parted by blanks."""
    named, of_the_cookbook = looks.offers(kind)
    return {"looks": named, "cookbook": of_the_cookbook, "fields": " ".join(looks.fields(kind))}
