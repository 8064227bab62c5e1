"""The admin: one file for each part of it."""

from django.contrib import admin

from gallery.admin import community, pictures, renders, workers  # noqa: F401

admin.site.site_header = admin.site.site_title = "Stylesite"
