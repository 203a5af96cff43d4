"""Codes that people read out, type in, and nobody guesses."""

import secrets

#: Letters and digits that nobody confuses when reading them aloud: no 0, O, 1, I or L.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_code(groups: int) -> str:
    """So many groups of four signs with hyphens between them, nearly twenty bits a group."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(groups))
