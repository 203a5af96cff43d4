"""What stands in the way of a draft, said to the officer."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from upstander.core.errors import Refusal

_SENTENCES = {
    "draft-changed-meanwhile": _("Somebody else changed the draft while you were at it. Read it again, then go on."),
    "not-a-draft": _("This is no draft any more: it was published or laid aside."),
    "part-fixed": _("The key and the version number stay as they are."),
    "no-such-part": _("A programme has no such part."),
    "value-unwritable": _("This cannot be written into a programme’s document. Nothing was changed."),
    "programme-key-unfit": _("A key is made of small letters, digits and single hyphens, such as new-staff-2027."),
    "programme-exists": _("There is a programme with this key already."),
    "no-such-template": _("There is no such template."),
    "programme-invalid": _("The draft has problems. Mend them first; each stands at its part."),
    "preset-unsigned": _("A legal preset in this programme is not signed here. A reviewer must sign it first."),
    "newer-version-published": _("A newer version has been published. Begin a new draft from that one."),
    "draft-outdated": _("Another version was published after this draft was begun. Begin a new draft from that one."),
    "not-held": _("This version does not wait for a second officer any more."),
    "not-yourself": _("You asked for this yourself. Another officer of the programme must release it."),
    "not-its-officer": _("Only an officer of this programme can release it."),
    "effect-changed": _("The figures have changed since they were shown. Read them as they stand now, then decide."),
}  # fmt: skip


def refusal_sentence(refusal: Refusal) -> str:
    """One sentence for a refusal of the workbench's actions."""
    data = refusal.data
    if refusal.code == "option-begun":
        people = int(data.get("people", 0))
        return ngettext(
            "%(people)d person has begun the course %(course)s. Keep it, and give it a day on which it is withdrawn.",
            "%(people)d people have begun the course %(course)s. Keep it, and give it a day on which it is withdrawn.",
            people,
        ) % {"people": people, "course": data.get("course", "")}  # fmt: skip
    if refusal.code == "cycle-runs-still":
        said = gettext(
            "The cycle %(cycle)s runs until %(until_on)s. Publish this version after it, or keep its windows."
        )
        return said % data
    if refusal.code == "programme-unreadable":
        return gettext("This cannot be read as TOML: %(message)s") % {"message": data.get("message", "")}
    if refusal.code in _SENTENCES:
        return gettext(_SENTENCES[refusal.code])
    return gettext("This was refused: %(code)s.") % {"code": refusal.code}
