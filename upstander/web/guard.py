"""What stands before every page of a signed-in reader."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.cache import never_cache


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page for a signed-in reader, the sign-in for anybody else; nothing of it is kept by a cache on the way."""
    return never_cache(login_required(view))
