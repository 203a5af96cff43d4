"""Pages for everybody: the way in, and what we keep about people."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from upstander.queries.programmes import all_published


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The way in; who is signed in goes on to their training."""
    if request.user.is_authenticated and not request.GET.get("people"):
        return redirect("my-training")
    return render(request, "public/home.html", {"programmes": all_published()})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about a person, who sees it, and what nobody sees."""
    return render(request, "public/privacy.html", {"keep_days": settings.KEEP_ATTEMPTS_DAYS})


@require_safe
@cache_control(max_age=86_400, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /\nAllow: /$\nAllow: /help/\n", content_type="text/plain")
