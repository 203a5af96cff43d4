"""Logs: the part of an address that opens something is put out."""

import logging

import pytest

from upstander.config.logs import NoSecrets, masked


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Forbidden (CSRF): /account/invitation/s3cret-token/", "Forbidden (CSRF): /account/invitation/•••/"),
        ("Not Found: /calendar/s3cret-token.ics", "Not Found: /calendar/•••"),
        ("/certificates/ABCD-EFGH.pdf", "/certificates/•••"),
        ("Not Found: /my-training/", "Not Found: /my-training/"),
    ],
)
def test_a_secret_in_an_address_is_put_out(said, kept):
    assert masked(said) == kept


def test_the_arguments_of_a_record_are_put_out_too():
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "%s: %s", ("Not Found", "/verify/abc/"), None)
    assert NoSecrets().filter(record)
    assert record.getMessage() == "Not Found: /verify/•••/"
