"""The one Django app: its models are `upstander.models`, its migrations stand beside them."""

from django.apps import AppConfig


class UpstanderConfig(AppConfig):
    name = "upstander"
    label = "upstander"
    default_auto_field = "django.db.models.BigAutoField"
