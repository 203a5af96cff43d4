"""The institution's films and recordings: to signed-in readers only, in the parts that their browser asks for."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.core.errors import Refusal
from upstander.delivery import catalogue
from upstander.delivery.native.media import media_place
from upstander.delivery.native.pieces import Media
from upstander.web.file_parts import in_parts
from upstander.web.guard import signed_in


@signed_in
@require_safe
def media(request: HttpRequest, course: str, file: str) -> HttpResponseBase:
    """A film or recording of a course, or its captions; nothing that no page of the course shows."""
    shown = _shown(course, file, request.GET.get("edition", ""))
    if file == shown.captions:
        return HttpResponse(shown.timed, content_type="text/vtt; charset=utf-8")
    place = media_place(catalogue.content_root() / course, file)
    if place is None:
        raise Http404
    return in_parts(request, place, shown.mime)


def _shown(course: str, file: str, edition: str) -> Media:
    try:
        read = catalogue.edition(course, (get_language() or "en").split("-")[0], edition)
    except Refusal as refusal:
        raise Http404 from refusal
    found = [block for page in read.pages for block in page.blocks if isinstance(block, Media)]
    shown = next((one for one in found if file in {one.file, one.captions}), None)
    if shown is None:
        raise Http404
    return shown
