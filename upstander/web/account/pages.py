"""Pages about the reader's account: themselves, the invitation, and the demo's door."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from upstander.actions.accounts import accept, invited, open_demo_door
from upstander.core.errors import Refusal
from upstander.queries.calendar_feeds import feed_of
from upstander.web.account.forms import InvitationForm
from upstander.web.guard import signed_in
from upstander.web.language import safe_next


@signed_in
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Who is signed in, what to change, and the way out."""
    person = request.user.person
    return render(request, "account/account.html", {"feed": feed_of(person.pk) if person else None})


@require_GET
def no_sign_up(request: HttpRequest) -> HttpResponse:
    """How one gets an account: by invitation."""
    return render(request, "account/signup_closed.html")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A first password behind a link that works once; the person is signed in with it."""
    try:
        person = invited(token, request.moment)
        form = InvitationForm(request.POST or None, person=person)
        if request.method == "POST" and form.is_valid():
            opened = accept(token, form.cleaned_data["password1"], request.moment)
            return perform_login(request, opened, email_verification="none", redirect_url="/my-training/")
    except Refusal as refusal:
        return render(request, "account/invitation_refused.html", {"code": refusal.code}, status=410)
    return render(request, "account/invitation.html", {"form": form, "invited": person})


@require_POST
def demo_door(request: HttpRequest) -> HttpResponse:
    """Signs in as one of the demo's people; there is no such door outside a demo."""
    if not settings.DEMO:
        raise Http404
    try:
        opened = open_demo_door(request.POST.get("key", ""), request.moment)
    except Refusal as refusal:
        raise Http404 from refusal
    target = safe_next(request, request.POST.get("next", ""), "/my-training/")
    if request.user.is_authenticated and request.user.pk == opened.pk:
        return redirect(target)
    return perform_login(request, opened, email_verification="none", redirect_url=target)
