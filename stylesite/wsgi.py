"""The web process. It never imports torch: workers do."""

import os

from django.core.wsgi import get_wsgi_application

from stylesite import environment
from stylesite.sub_path import without_prefix

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stylesite.settings")
environment.insist()
application = without_prefix(get_wsgi_application(), environment.read().says.prefix)
