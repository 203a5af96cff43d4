"""The table of Django's database cache: what several web processes must count together, such as tries to sign in."""

from django.db import models


class CacheRow(models.Model):
    """One kept value; written and emptied by Django's cache only."""

    cache_key = models.CharField(primary_key=True, max_length=255)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "upstander_cache"
