"""The web process. It never imports torch: workers do."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stylesite.settings")
application = get_wsgi_application()
