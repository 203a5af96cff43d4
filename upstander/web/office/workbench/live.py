"""The panel while somebody types: the draft with what stands in the form, nothing of it stored."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from upstander.web.guard import signed_in
from upstander.web.office.workbench.counting import count_document, drawn
from upstander.web.office.workbench.desk import desk_of
from upstander.web.office.workbench.part_forms import filled_in, part_or_404


@signed_in
@require_POST
def live_count(request: HttpRequest, version_id: int, part: str) -> HttpResponse:
    """The roster under the draft as it would be if this form were saved."""
    desk, edited = desk_of(request, version_id), part_or_404(part)
    filled = filled_in(request, edited, desk.view.document)
    return drawn(request, desk.context(), count_document(filled.over(desk.view.document), request.moment))
