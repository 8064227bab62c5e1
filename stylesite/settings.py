"""Settings, from the environment; docs/settings.md lists every variable.

On one machine you need not set anything: everything lives in one data folder.
"""

import os
from pathlib import Path

from stylesite.amounts import painting_memory, room_for_checkpoints
from stylesite.data_folder import private_runtime_folder, secret_key
from stylesite.database import database

BASE_DIR = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("STYLESITE_DATA") or BASE_DIR / "data").expanduser().resolve()
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)

DEBUG = os.environ.get("STYLESITE_DEBUG") == "1"
SECRET_KEY = os.environ.get("STYLESITE_SECRET_KEY") or secret_key(DATA)
ALLOWED_HOSTS = os.environ.get("STYLESITE_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
PROXIES = int(os.environ.get("STYLESITE_PROXIES") or 0)
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("STYLESITE_ORIGINS", "").split(",") if origin]

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

DATABASES = {"default": database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

RUNTIME = private_runtime_folder(DATA)
REDIS_URL = os.environ.get("REDIS_URL") or f"unix://{RUNTIME / 'redis.sock'}"
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
MEMORY = painting_memory(DATA)
CHECKPOINTS_BYTES = room_for_checkpoints()
MEDIA_ROOT = DATA / "media"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "gallery"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "stylesite_session", "stylesite_csrf"  # other sites on 127.0.0.1 keep theirs
SESSION_COOKIE_AGE = 365 * 24 * 3600  # a visitor owns their pictures through their session
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = os.environ.get("TZ") or "UTC"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
