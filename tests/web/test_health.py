"""Whoever watches the service is told whether it lives and whether it is ready."""

import pytest
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder

from upstander.web.public import health

pytestmark = pytest.mark.django_db


def test_a_site_whose_database_is_up_to_date_is_ready(client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").content == b"ready\n"


def test_a_site_that_lacks_a_migration_is_not_ready(client):
    MigrationRecorder.Migration.objects.filter(app="upstander").delete()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"migrations due\n")


def test_a_site_without_its_database_lives_but_is_not_ready(client, monkeypatch):
    def no_database(connection):
        raise DatabaseError

    monkeypatch.setattr(health, "MigrationExecutor", no_database)
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
