"""Whether who attends meets a requirement, and which one, as a sentence for learners and for the office."""

from datetime import date

from django.conf import settings

from upstander.actions.attendance import recorded_as
from upstander.core.days import Moment
from upstander.delivery import catalogue as courses
from upstander.models import SessionOffer, TrainingSession
from upstander.queries.in_person import counting_attendance
from upstander.web.people import language
from upstander.words.in_person_counts import attendance_meets


def what_it_meets(session: TrainingSession) -> str:
    """What attending this date meets."""
    return what_offer_meets(session.offer, Moment.of(session.starts_at, settings.INSTITUTION_ZONE).day)


def what_offer_meets(offer: SessionOffer, day: date) -> str:
    """What attending a date of the offer on this day meets."""
    course, lang = recorded_as(offer), language()
    counting = counting_attendance(course, day) if course else []
    programmes = [rules.title.get(lang) or rules.title["en"] for rules in counting]
    return attendance_meets(courses.title_of(course, lang) if course else "", programmes)
