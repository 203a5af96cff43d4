"""How sign-in behaves here: nobody signs up by themselves; an account comes from the roster."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from upstander.models import Account
from upstander.web.language import keep_at_sign_in


class AccountAdapter(DefaultAccountAdapter):
    """Closes sign-up: who may sign in is decided by the roster and an invitation."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and this password do not belong together."),
        "too_many_login_attempts": _("Too many attempts that did not fit. Wait five minutes, then try again."),
        "invalid_password_reset": _("This link has been used or has expired."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
    }
    #: messages that say something the next page does not
    SPOKEN = frozenset({"account/messages/password_changed.txt", "account/messages/password_set.txt"})

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse | None:
        """Somebody who is no longer on the roster is told so instead of being let in."""
        if user.person is not None and user.person.vanished_on is not None:
            return redirect("account_inactive")
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """The reader's kept language comes along; the place they came for is where they go."""
        return keep_at_sign_in(request, user, super().post_login(request, user, **kwargs))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/account/"

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        if message_template in self.SPOKEN:
            super().add_message(request, level, message_template, *args, **kwargs)
