"""/metrics: counts for whoever holds the token, and nothing for anybody else."""

from datetime import UTC, datetime

import pytest

from upstander.actions import seals
from upstander.core.days import Moment
from upstander.models import Recheck

pytestmark = pytest.mark.django_db


def test_without_a_token_set_there_is_no_such_page(client):
    assert client.get("/metrics").status_code == 404


def test_the_token_opens_the_figures(client, settings):
    settings.METRICS_TOKEN = "a token"
    assert client.get("/metrics", headers={"authorization": "Bearer another"}).status_code == 404
    answer = client.get("/metrics", headers={"authorization": "Bearer a token"})
    assert answer.status_code == 200
    assert b"upstander_jobs_waiting 0.0" in answer.content


def test_what_proves_the_record_is_among_the_figures(client, settings):
    settings.METRICS_TOKEN = "a token"
    at = datetime(2021, 1, 20, 7, tzinfo=UTC)
    Recheck.objects.create(day=at.date(), at=at, seed="one", checked=1000, differing=2)
    seals.seal(Moment(at, at.date()))
    page = client.get("/metrics", headers={"authorization": "Bearer a token"}).content.decode()
    figures = dict(line.rsplit(" ", 1) for line in page.splitlines() if not line.startswith("#"))
    assert float(figures["upstander_recheck_checked"]) == 1000
    assert float(figures["upstander_recheck_differences"]) == 2
    assert float(figures["upstander_recheck_unseen"]) == 1
    assert float(figures["upstander_record_faults"]) == 0
    assert float(figures["upstander_seal_timestamp_seconds"]) == at.timestamp()
