"""Options and fixtures of every test."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="every combination that is otherwise rotated")
