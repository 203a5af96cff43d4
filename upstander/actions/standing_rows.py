"""Standings and their history as plain rows, written set by set."""

from collections.abc import Iterable, Sequence

from django.db import connection, models

from upstander.queries.rows import among


def column(model: type[models.Model], name: str) -> str:
    """The quoted column of a field."""
    return connection.ops.quote_name(model._meta.get_field(name).column)


def table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def insert(model: type[models.Model], names: Sequence[str], rows: Sequence[tuple]) -> None:
    """Adds rows (PostgreSQL: by COPY); their values are given as the database takes them."""
    if not rows:
        return
    columns = ", ".join(column(model, name) for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table(model)} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(names))
        cursor.executemany(f"INSERT INTO {table(model)} ({columns}) VALUES ({marks})", rows)


def update(model: type[models.Model], names: Sequence[str], rows: Sequence[tuple]) -> None:
    """Changes rows (PostgreSQL: by one statement); each ends with the id of its row."""
    if not rows:
        return
    columns = [column(model, name) for name in names]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            taken = ", ".join(f"{name} = given.{name}" for name in columns)
            types = [model._meta.get_field(name).rel_db_type(connection) for name in (*names, "id")]
            arrays = ", ".join(f"%s::text[]::{kind}[]" for kind in types)
            cursor.execute(
                f"UPDATE {table(model)} SET {taken} FROM unnest({arrays}) AS given ({', '.join(columns)}, id)"
                f" WHERE {table(model)}.id = given.id",
                [[_text(value) for value in values] for values in zip(*rows, strict=True)],
            )
            return
        taken = ", ".join(f"{name} = %s" for name in columns)
        cursor.executemany(f"UPDATE {table(model)} SET {taken} WHERE id = %s", rows)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def give_all(model: type[models.Model], name: str, value: object, ids: Iterable[int]) -> None:
    """Gives one field of these rows one value."""
    wanted = list(ids)
    if wanted:
        where, param = among("id", wanted)
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table(model)} SET {column(model, name)} = %s WHERE {where}", [value, param])
