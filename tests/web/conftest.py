"""The university of the web's tests: installed once a file, with every test's own changes undone after it."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import transaction

from tests.cast import MOMENT
from tests.staff import open_office


@pytest.fixture(scope="module")
def installed_university(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The cast, its staff and both programmes, in a transaction that the file's end rolls back."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole._from_testcase = True  # as Django's own TestCase marks the transactions around its tests
        with whole:
            open_office()
            yield
            transaction.set_rollback(True)


@pytest.fixture
def university(installed_university: None, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The university on the cast's day, which is what the web's clock says."""
    monkeypatch.setattr("upstander.web.middleware.timezone", SimpleNamespace(now=lambda: MOMENT.at))
