"""Pages for everybody: the way in, help, and what we keep about people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from upstander.queries.programmes import all_published
from upstander.web.public.rules import leave_rules


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The way in; who is signed in goes on to their training."""
    if request.user.is_authenticated and not request.GET.get("people"):
        return redirect("my-training")
    return render(request, "public/home.html", {"programmes": all_published()})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Whom to ask, and what to ask for; the answers that rules give come from the programmes (rows A09, A17, B10)."""
    programmes = all_published()
    context = {"section": "help", "programmes": programmes, "leave_rules": leave_rules(programmes)}
    return render(request, "public/help.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about a person, who sees it, and what nobody sees."""
    return render(request, "public/privacy.html")


@require_safe
@cache_control(max_age=86_400, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /\nAllow: /$\nAllow: /help/\n", content_type="text/plain")
