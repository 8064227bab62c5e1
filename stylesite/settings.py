"""Settings, from the environment; docs/settings.md lists every variable.

On one machine you need not set anything: everything lives in one data folder.
"""

import hmac
import os
from urllib.parse import quote

from stylesite import environment
from stylesite.database import database
from transfer import memory

BASE_DIR = environment.BASE
_found = environment.read()
_says = _found.says
COMPLAINTS = _found.complaints  # programs that start with any end at once; the doctor shows them
UNKNOWN_VARIABLES, KNOWN_VARIABLES = environment.unknown(), environment.known()
DATA = _says.data
PORT = _says.port

DEBUG = _says.debug
SECRET_KEY = _found.secret_key
ALLOWED_HOSTS = list(_says.hosts)
CSRF_TRUSTED_ORIGINS = list(_says.origins)
PROXIES = _says.proxies
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
PREFIX = _says.prefix
FORCE_SCRIPT_NAME = PREFIX or None

INSTALLED_APPS = [
    "gallery",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_rq",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gallery.middleware.PageCompression",
    "gallery.middleware.ContentSecurityPolicy",
    "gallery.middleware.RequestSizeLimit",
    "gallery.middleware.DiskFull",
    "gallery.middleware.NothingToPaint",
    "gallery.middleware.CookiesFromBefore",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gallery.middleware.WhoAsks",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "stylesite.urls"
WSGI_APPLICATION = "stylesite.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": database(_says.database, DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

RUNTIME = _found.runtime
REDIS_URL = _says.redis or f"unix://{quote(os.fsencode(RUNTIME / 'redis.sock'))}"
RQ_QUEUES = {"renders": {"URL": REDIS_URL, "DEFAULT_TIMEOUT": -1, "SERIALIZER": "rq.serializers.JSONSerializer"}}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Never served: a render's state is not a picture for anyone.
    "checkpoints": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "checkpoints"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEMORY = _says.memory or memory.budget(None, DATA)
CHECKPOINTS_BYTES = _says.checkpoints
FILM_FRAMES, FILM_SECONDS, FILM_SIZE = _says.film_frames, _says.film_seconds, _says.film_size
CLIP_BYTES = _says.clip_bytes
MEDIA_ROOT = DATA / "media"
MEDIA_URL = f"{PREFIX}/media/"
STATIC_URL = f"{PREFIX}/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "gallery"
# Browsers send a host's cookies to all its ports: each site's have names of their own, which stay if its folder moves.
_digest = hmac.new(os.fsencode(SECRET_KEY), b"cookies", "sha256").hexdigest()[:10]
SESSION_COOKIE_NAME = f"stylesite_{_digest}_session"
CSRF_COOKIE_NAME = f"stylesite_{_digest}_csrf"
MESSAGES_COOKIE_NAME = f"stylesite_{_digest}_messages"
MESSAGE_STORAGE = "gallery.accounts.notices.Notices"
CSRF_FAILURE_VIEW = "gallery.views.refused.forged"
SESSION_COOKIE_AGE = 365 * 24 * 3600  # a visitor owns their pictures through their session
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = _says.zone
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # `gallery.views.refused` logs these in a sentence, with the name of the setting.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
