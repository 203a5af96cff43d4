"""Legal presets in words: their topics, kinds, clocks, how much of them was read, and what a reviewer must settle."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext, override

from upstander.core.presets import Preset, Stack

TOPICS: Mapping[str, Promise] = {
    "abusive-conduct": gettext_lazy("abusive conduct"),
    "agency-contacts": gettext_lazy("how to reach the public agencies"),
    "alcohol-drugs": gettext_lazy("alcohol and drugs"),
    "bystander": gettext_lazy("what bystanders can do"),
    "civility": gettext_lazy("civility at work"),
    "complaint-routes": gettext_lazy("ways to complain or report"),
    "confidentiality-limits": gettext_lazy("the limits of confidentiality"),
    "consent": gettext_lazy("consent"),
    "consequences": gettext_lazy("consequences and sanctions"),
    "coordinator-roles": gettext_lazy("coordinators and other roles"),
    "definition": gettext_lazy("what harassment is"),
    "disclosures": gettext_lazy("receiving a disclosure"),
    "examples": gettext_lazy("examples"),
    "fair-process": gettext_lazy("a fair process"),
    "freedom-of-speech": gettext_lazy("freedom of speech"),
    "gender-identity-orientation": gettext_lazy("gender identity, gender expression and sexual orientation"),
    "greater-risk": gettext_lazy("people at greater risk"),
    "hearing": gettext_lazy("hearings and what is relevant in them"),
    "impact": gettext_lazy("the effects on people"),
    "impartiality": gettext_lazy("impartiality, bias and conflicts of interest"),
    "internal-process": gettext_lazy("the institution’s own procedure"),
    "investigation": gettext_lazy("how to investigate"),
    "law": gettext_lazy("the law"),
    "liability": gettext_lazy("civil and criminal liability"),
    "local-definitions": gettext_lazy("the definitions of local law"),
    "myths": gettext_lazy("facts and myths"),
    "peer-support": gettext_lazy("support among peers"),
    "policy": gettext_lazy("the institution’s policy"),
    "prevention": gettext_lazy("prevention and correction"),
    "prohibition": gettext_lazy("that it is prohibited"),
    "relationships": gettext_lazy("personal relationships"),
    "remedies": gettext_lazy("legal remedies"),
    "reporting-duty": gettext_lazy("who must report"),
    "resources": gettext_lazy("resources"),
    "retaliation": gettext_lazy("retaliation"),
    "risk-reduction": gettext_lazy("reducing risk"),
    "safety-devices": gettext_lazy("safety devices"),
    "scope": gettext_lazy("what the procedure covers"),
    "supervisor-duties": gettext_lazy("the duties of supervisors"),
    "supportive-measures": gettext_lazy("supportive measures"),
    "third-party": gettext_lazy("harassment by third parties"),
    "trauma-informed": gettext_lazy("working in a trauma-informed way"),
}
KINDS: Mapping[str, Promise] = {
    "legal-duty": gettext_lazy("Legal duty"),
    "regulatory-condition": gettext_lazy("Condition of a regulator"),
    "preventive-duty": gettext_lazy("Duty to prevent"),
    "code-of-practice": gettext_lazy("Code of practice"),
    "policy-duty": gettext_lazy("Duty to have a policy"),
    "reporting-duty": gettext_lazy("Duty to report"),
    "notice-duty": gettext_lazy("Duty to inform"),
    "directive": gettext_lazy("Directive, through national law"),
    "guidance": gettext_lazy("Guidance, no duty"),
    "no-duty": gettext_lazy("No training duty"),
}
CONFIDENCE: Mapping[str, Promise] = {
    "seen": gettext_lazy("The text or its regulator was read"),
    "secondary": gettext_lazy("Only reports of it were read"),
    "partly-seen": gettext_lazy("Only a part of it was read"),
}
ROLES: Mapping[str, Promise] = {
    "all-staff": gettext_lazy("all staff"),
    "confidential-advisor": gettext_lazy("confidential advisors"),
    "employee": gettext_lazy("employees who supervise nobody"),
    "grievance-staff": gettext_lazy("staff of the grievance process"),
    "incoming-student": gettext_lazy("incoming students"),
    "isolated-worker": gettext_lazy("people who work alone"),
    "leader": gettext_lazy("leaders"),
    "new-employee": gettext_lazy("new employees"),
    "public-employee": gettext_lazy("public employees"),
    "report-receiving-staff": gettext_lazy("staff who receive reports"),
    "student": gettext_lazy("students"),
    "student-leader": gettext_lazy("student leaders"),
    "supervisor": gettext_lazy("supervisors"),
    "temporary": gettext_lazy("temporary staff"),
    "tipped-business": gettext_lazy("people in businesses with tips"),
    "title-ix-personnel": gettext_lazy("personnel of the Title IX process"),
}
#: What the office must settle before a stack of presets can be used.
TENSIONS: Mapping[str, Promise] = {
    "clocks-differ": gettext_lazy(
        "One repetition cannot keep all of these clocks. Make a programme of its own for each of them."
    ),
    "not-training": gettext_lazy("These ask for a policy, a notice or a report. No course satisfies them."),
    "read-in-part": gettext_lazy("Only a part of these was read. Read the whole text before you sign."),
    "role-not-on-roster": gettext_lazy(
        "The roster cannot tell whom these concern. Choose the people by unit, or keep them out."
    ),
    "city-not-on-roster": gettext_lazy("The roster knows states and no cities. Choose the units that lie in the city."),
    "outside-only": gettext_lazy("No course here can give this training. Keep it as evidence from outside."),
    "in-person": gettext_lazy("Some people must attend in person under these."),
    "trainer-answers": gettext_lazy("A qualified trainer must answer questions within the days that are set."),
    "acknowledgement": gettext_lazy("These ask for a signed acknowledgement."),
    "promotion": gettext_lazy("Under these the clock starts anew when somebody becomes a supervisor."),
    "language": gettext_lazy("These say in which languages people must be trained."),
    "no-interval": gettext_lazy("These set no interval. The institution chooses how often."),
    "headcount": gettext_lazy("These apply only from a number of employees on."),
    "preset-left-out": gettext_lazy(
        "The draft leaves these out: no course can satisfy them, or the roster knows no such people."
    ),
    "asked-once": gettext_lazy(
        "These set no repeat. Alone they are asked of everybody once: give those who were trained before an exception."
    ),
    "topic-untaught": gettext_lazy("No installed course teaches these topics."),
    "minutes-short": gettext_lazy("The installed courses do not last as long as these ask."),
}
_ANCHORS: Mapping[str, Promise] = {
    "completion": gettext_lazy("counted from each completion"),
    "hire": gettext_lazy("counted from hire"),
    "role-start": gettext_lazy("counted from the start in the role"),
    "entry": gettext_lazy("counted from hire or enrolment"),
    "calendar-year": gettext_lazy("in every calendar year"),
    "july-year": gettext_lazy("from 1 July to 30 June"),
    "academic-year": gettext_lazy("in every academic year"),
}


def anchor_word(anchor: str) -> str:
    """From where a preset counts, as part of a table's cell."""
    return str(_ANCHORS[anchor])


def interval_sentence(preset: Preset) -> str:
    """How often one preset asks for training."""
    if preset.every_months is None:
        return gettext("Before serving.") if preset.before_serving else gettext("No interval is set.")
    return ngettext(
        "Every %(months)d month, %(anchor)s.", "Every %(months)d months, %(anchor)s.", preset.every_months
    ) % {"months": preset.every_months, "anchor": anchor_word(preset.counted_from)}


def first_sentence(preset: Preset) -> str:
    """By when somebody who is new must be trained; empty where no number is set."""
    if preset.first_within_months is not None:
        return ngettext(
            "New people within %(count)d calendar month.",
            "New people within %(count)d calendar months.",
            preset.first_within_months,
        ) % {"count": preset.first_within_months}
    if preset.first_within_days is not None:
        return ngettext(
            "New people within %(count)d day.", "New people within %(count)d days.", preset.first_within_days
        ) % {"count": preset.first_within_days}
    return gettext("Before serving.") if preset.before_serving else ""


def titles_by_language(stack: Stack) -> dict[str, dict[str, str]]:
    """What a programme drafted from a stack is called, its part for the topics, each law's minutes: by language."""
    titles: dict[str, dict[str, str]] = {}
    for lang, _ in settings.LANGUAGES:
        with override(lang):
            named = {
                "programme": gettext("Prevention training that the law asks for"),
                "topics": gettext("Topics of the law"),
            }
            for preset in stack.presets:
                named[preset.id] = gettext("Minutes under %(law)s") % {"law": preset.reference}
        for name, text in named.items():
            titles.setdefault(name, {})[lang] = text
    return titles
