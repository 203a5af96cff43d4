"""The doors of the survey at the office: its tables for officers and analysts, its boxes for analysts alone."""

from django.http import Http404

from upstander.core.access import Roles, may_take_survey_boxes


def only_for_readers(roles: Roles) -> None:
    """Officers and analysts read the tables; for anybody else they do not exist."""
    if not (roles.is_officer or may_take_survey_boxes(roles)):
        raise Http404


def only_for_analysts(roles: Roles) -> None:
    """Only an analyst takes boxes away and brings tables back; for anybody else that does not exist."""
    if not may_take_survey_boxes(roles):
        raise Http404
