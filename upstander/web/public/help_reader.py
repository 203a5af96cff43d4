"""The reader of a help page who is signed in: their stored decision, their facts, and what they can do."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from upstander.actions import standing as standing_action
from upstander.core.decision import Decision, Reason, SatisfiedBy
from upstander.core.programme import Programme
from upstander.core.questions_asker import Asker
from upstander.core.questions_record import begun, finished
from upstander.delivery import catalogue
from upstander.models import Account, Person, Standing
from upstander.queries.cases import put_off, resting
from upstander.queries.facts import facts_of
from upstander.queries.plan import OwnRecord, duties_of, own_record
from upstander.web.naming import naming_of
from upstander.words.reasons import Naming


@dataclass(frozen=True, slots=True)
class Reader:
    """One person as the answers for them read it."""

    programme: Programme
    asker: Asker
    standing: Standing
    record: OwnRecord
    naming: Naming

    def acts(self, question: str, day: date) -> list[tuple[str, str]]:
        """What this person can do about the answer: (code of the act, address)."""
        return [(code, href) for code in _OWN_ACTS.get(question, ()) if (href := self._href(code, day))]

    def _href(self, code: str, day: date) -> str:
        """The address of an act; empty where there is nothing to do in this way."""
        key, due_on = self.programme.key, self.asker.decision.due_on
        opened = begun(self.programme, self.asker, day)
        course = next(iter(opened + finished(self.programme, self.asker, day)), "")
        owed = self.asker.stand in ("ahead", "resting", "due", "late", "free", "undecided")
        addresses: Mapping[str, str] = {
            "my-training": f"{reverse('my-training')}#{key}",
            "compare": reverse("compare", args=[key]) if len(self.programme.options) > 1 else "",
            "calendar": reverse("due-date", args=[key]) if due_on and due_on >= day and owed else "",
            "begun": reverse("learn-start", args=[opened[0]]) if opened else "",
            "pause": reverse("learn-pause", args=[opened[0]]) if opened else "",
            "ask-page": reverse("learn-ask", args=[course]) if course else "",
            "another-way": self._another_way(opened) if owed else "",
            "certificate": self._certificate(),
            "cases": reverse("cases"),
        }
        return addresses[code]

    def _another_way(self, opened: tuple[str, ...]) -> str:
        installed = [o.course_key for o in self.programme.options if catalogue.card_of(o.course_key, "en")]
        course = next(iter((*opened, *installed)), "")
        return f"{reverse('support')}?course={course}" if course else ""

    def _certificate(self) -> str:
        code = self.record.certificates.get(self.standing.satisfied_ref or "", "")
        return reverse("certificate", args=[code]) if code else ""


#: question -> what the reader can do about the answer for them
_OWN_ACTS = {
    "requirement": ("my-training",),
    "by-when": ("calendar", "my-training"),
    "several-options": ("compare",),
    "access": ("begun", "my-training"),
    "how-long": ("begun",),
    "phone": ("begun",),
    "confirmation": ("certificate", "my-training"),
    "upsetting": ("pause", "another-way"),
    "content-questions": ("ask-page",),
    "again-later": ("begun",),
    "wrong-reason": ("cases",),
    "happened-to-me": ("another-way",),
}


def reader_of(request: HttpRequest, programme: Programme) -> Reader | None:
    """The reader with the standing that My training shows; None for a visitor, and for whom there is no standing."""
    person = getattr(request.user, "person", None)
    if person is None:
        return None
    standing_action.refresh(person.pk, request.moment)
    standing = next(iter(duties_of(person.pk, [programme], request.moment.day)), None)
    if standing is None:
        return None
    lang = (get_language() or "en").split("-")[0]
    facts = facts_of(person.pk)
    naming = naming_of(programme, standing.reasons, lang)
    known = {c.course_key: catalogue.title_of(c.course_key, lang) for c in facts.completions}
    rests = (person.pk, programme.key) in resting([person.pk]) | put_off([person.pk])
    asker = Asker(facts, decision_of(standing), letters_in(person, request.user), rests)
    return Reader(
        programme, asker, standing, own_record(person.pk), replace(naming, courses={**known, **naming.courses})
    )


def letters_in(person: Person, account: Account) -> str:
    """The language of our messages: the one chosen here, else the roster's, else English."""
    spoken = dict(settings.LANGUAGES)
    chosen = (name.strip().lower()[:2] for name in (account.language, person.preferred_language))
    return next((code for code in chosen if code in spoken), "en")


def decision_of(standing: Standing) -> Decision:
    """The stored decision as the core has it."""
    by = None
    if standing.satisfied_on:
        by = SatisfiedBy(standing.satisfied_kind or "", standing.satisfied_ref or "", standing.satisfied_on)
    return Decision(
        person_id=standing.person_id,
        programme=standing.programme_id,
        cycle=standing.cycle,
        state=standing.state,
        group=standing.group,
        opens_on=standing.opens_on,
        due_on=standing.due_on,
        satisfied_by=by,
        reasons=tuple(Reason(reason["code"], reason["facts"]) for reason in standing.reasons),
        next_change_on=standing.next_change_on,
    )
