import unicodedata

from django.db import migrations


def normal(word):
    folded = unicodedata.normalize('NFC', word).casefold()
    return ' '.join(unicodedata.normalize('NFC', folded).split()).lstrip('#')


def bring_to_one_form(apps, schema_editor):
    """Tags that could not be asked for can be; those that become equal become one."""
    Tag = apps.get_model('gallery', 'Tag')
    for tag in list(Tag.objects.all()):
        name = normal(tag.name)[:40]
        if name == tag.name:
            continue
        same = Tag.objects.filter(name=name).first()
        if same is None:
            Tag.objects.filter(pk=tag.pk).update(name=name)
            continue
        for render in tag.renders.all():
            render.tags.add(same)
        tag.delete()


class Migration(migrations.Migration):

    dependencies = [
        ('gallery', '0011_who_counts_as_whom'),
    ]

    operations = [
        migrations.RunPython(bring_to_one_form, migrations.RunPython.noop),
    ]
