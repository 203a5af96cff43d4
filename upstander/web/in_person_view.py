"""A date of a training as the pages show it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from upstander.models import SessionOffer, SessionSeat, TrainingSession
from upstander.queries.in_person import own_seats, place_in_line
from upstander.web.people import language
from upstander.words.in_person import audience_word, seat_word, session_state_word, when_words


@dataclass(frozen=True, slots=True)
class DateView:
    """One date: its times in words, how many seats are left, and the viewer's own seat where there is one."""

    session: TrainingSession
    title: str
    when: str
    taken: int
    seat: SessionSeat | None = None
    came: tuple[int, int] | None = None

    @property
    def rate(self) -> int:
        """How many of a hundred with a seat came."""
        came, expected = self.came or (0, 0)
        return round(100 * came / expected) if expected else 0

    @property
    def left(self) -> int:
        return max(self.session.seats - self.taken, 0)

    @property
    def state(self) -> str:
        return session_state_word(self.session.state)

    @property
    def seat_state(self) -> str:
        return seat_word(self.seat.state) if self.seat else ""

    @property
    def place(self) -> int:
        """The place on the waiting list."""
        return place_in_line(self.seat) if self.seat and self.seat.state == "waiting" else 0

    @property
    def moved_up(self) -> bool:
        return self.seat is not None and self.seat.state == "booked" and self.seat.changed_by == "upstander"


def words_of_offer(offer: SessionOffer) -> dict[str, str]:
    """Title, summary and for whom in the reader's language, else in English."""
    return offer.words.get(language().split("-")[0]) or offer.words["en"]


def date_view(
    session: TrainingSession, taken: int, seat: SessionSeat | None = None, came: tuple[int, int] | None = None
) -> DateView:
    when = when_words(session.starts_at, session.ends_at, settings.INSTITUTION_ZONE)
    return DateView(session, words_of_offer(session.offer)["title"], when, taken, seat, came)


def audiences_of(offer: SessionOffer) -> list[str]:
    return [audience_word(key) for key in offer.audiences]


def own_dates(person_id: str, at: datetime) -> list[DateView]:
    """The reader's seats and places on a waiting list, for their plan."""
    return [date_view(seat.session, 0, seat) for seat in own_seats(person_id, at)]
