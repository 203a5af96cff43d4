"""Whether attendance of a training in person meets a requirement, as a sentence."""

from collections.abc import Sequence

from django.utils.translation import gettext

from upstander.words.lists import and_list


def attendance_meets(course: str, programmes: Sequence[str]) -> str:
    """What attending meets: the course's title, empty where it is put on record as none, and who lets it count."""
    if not course:
        return gettext("Attending meets no requirement.")
    if not programmes:
        said = gettext("Attending is put on record as “%(course)s” and meets no requirement.")
        return said % {"course": course}
    said = gettext("Attending counts as “%(course)s” for %(programmes)s, once the session is over.")
    listed = and_list([gettext("“%(name)s”") % {"name": name} for name in programmes])
    return said % {"course": course, "programmes": listed}
