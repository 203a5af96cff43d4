"""The ways in which a course reaches a person: one folder each, one line each in this list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from upstander.delivery.native.check import check_course
from upstander.delivery.native.loader import course_keys, load
from upstander.delivery.native.pieces import Course
from upstander.delivery.native.problems import Problem


@dataclass(frozen=True, slots=True)
class Delivery:
    """One way of delivery: which courses it has in a content folder, how to load one, how to check one."""

    key: str
    course_keys: Callable[[Path], list[str]]
    load: Callable[[Path, str, str, Mapping], Course]
    check: Callable[[Path, str, Mapping], tuple[Course, list[Problem]]]


DELIVERIES = (Delivery("native", course_keys, load, check_course),)
