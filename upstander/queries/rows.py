"""Rows of a set of people as plain tuples: one statement and one parameter, whether one person is asked for or many."""

import json
from collections.abc import Sequence

from django.db import connection
from django.db.models import QuerySet


def among(column: str, values: Sequence[str]) -> tuple[str, object]:
    """The condition that a column holds one of these values, with its one parameter."""
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s)", list(values)
    return f"{column} IN (SELECT value FROM json_each(%s))", json.dumps(list(values))


def of_people(rows: QuerySet, ids: Sequence[str], column: str = "person_id") -> list[tuple]:
    """The query's rows of these people as the driver gives them: JSON as text, UUIDs in the database's own form."""
    where, param = among(connection.ops.quote_name(column), ids)
    sql, params = rows.extra(where=[where], params=[param]).query.sql_with_params()
    return fetched(sql, params)


def fetched(sql: str, params: Sequence) -> list[tuple]:
    """The rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
