"""Options and fixtures of every test."""

import pytest
from hypothesis import HealthCheck, settings

#: Shared machines are slow at times; a property is not wrong for that.
settings.register_profile("upstander", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("upstander")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="every combination that is otherwise rotated")
