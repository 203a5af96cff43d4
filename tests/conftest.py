"""Options and fixtures of every test."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

#: Shared machines are slow at times; a property is not wrong for that.
settings.register_profile("upstander", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("upstander")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="every combination that is otherwise rotated")


#: What takes longest begins first, so that no process waits for another's last file: by folder or file.
LONGEST = (
    "browser/test_telephone.py", "actions/test_rehearsal.py", "browser", "web/test_confidence_leaks.py",
    "contracts/test_url_matrix.py", "contracts/test_contact.py", "web/test_workbench_forms.py",
    "actions/test_arrivals.py", "jobs", "actions", "web",
)  # fmt: skip


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the longest files first; the tests of a file stay together and in their order."""
    here = Path(__file__).parent

    def place(item: pytest.Item) -> int:
        path = item.path.relative_to(here)
        names = (path.as_posix(), path.parts[0])
        return next((number for number, name in enumerate(LONGEST) if name in names), len(LONGEST))

    items.sort(key=place)
