"""Rows of a set of people as plain tuples: one statement and one parameter, whether one person is asked for or many."""

import json
from collections.abc import Callable, Sequence
from functools import cache

from django.db import connection
from django.db.models import QuerySet


def among(column: str, values: Sequence[str]) -> tuple[str, object]:
    """The condition that a column holds one of these values, with its one parameter."""
    return _among(column, connection.vendor), _parameter(values)


def _among(column: str, vendor: str) -> str:
    if vendor == "postgresql":
        return f"{column} = ANY(%s)"
    return f"{column} IN (SELECT value FROM json_each(%s))"


def _parameter(values: Sequence[str]) -> object:
    return list(values) if connection.vendor == "postgresql" else json.dumps(list(values))


def of_people(rows: QuerySet, ids: Sequence[str], column: str = "person_id") -> list[tuple]:
    """The query's rows of these people as the driver gives them: JSON as text, UUIDs in the database's own form."""
    where, param = among(connection.ops.quote_name(column), ids)
    sql, params = rows.extra(where=[where], params=[param]).query.sql_with_params()
    return fetched(sql, params)


def of_people_always(query: Callable[[], QuerySet], ids: Sequence[str], column: str = "person_id") -> list[tuple]:
    """The same for a query without parameters of its own, which is put into SQL only once."""
    return fetched(_statement(query, column, connection.vendor), [_parameter(ids)])


@cache
def _statement(query: Callable[[], QuerySet], column: str, vendor: str) -> str:
    where = _among(connection.ops.quote_name(column), vendor)
    return query().extra(where=[where], params=["?"]).query.sql_with_params()[0]


def fetched(sql: str, params: Sequence) -> list[tuple]:
    """The rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
