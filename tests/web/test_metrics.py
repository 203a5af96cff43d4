"""/metrics: counts for whoever holds the token, and nothing for anybody else."""

import pytest

pytestmark = pytest.mark.django_db


def test_without_a_token_set_there_is_no_such_page(client):
    assert client.get("/metrics").status_code == 404


def test_the_token_opens_the_figures(client, settings):
    settings.METRICS_TOKEN = "a token"
    assert client.get("/metrics", headers={"authorization": "Bearer another"}).status_code == 404
    answer = client.get("/metrics", headers={"authorization": "Bearer a token"})
    assert answer.status_code == 200
    assert b"upstander_jobs_waiting 0.0" in answer.content
