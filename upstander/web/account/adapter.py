"""How sign-in behaves here: nobody signs up by themselves; an account comes from the roster."""

import logging
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import linebreaks, urlize
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from upstander.core.days import Moment
from upstander.models import Account
from upstander.web.context import words_of_institution
from upstander.web.kept_post import signed_in_now
from upstander.web.language import keep_at_sign_in
from upstander.wires.mail import Conversation, Envelope, Outcome

LOG = logging.getLogger(__name__)


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
        signed_in_now(request)
        return keep_at_sign_in(request, user, super().post_login(request, user, **kwargs))

    def get_reset_password_from_key_url(self, key: str) -> str:
        """A link at the site's own public address, whatever host the asker's browser named."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.BASE_URL + path.replace("UID-KEY", quote(key))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hands the message to the institution's relay at once; it is kept nowhere, because it carries a secret."""
        if settings.SMTP is None:
            LOG.warning("no SMTP_URL is set, so a message about an account was not sent")
            return
        said = words_of_institution()
        subject = render_to_string(f"{template_prefix}_subject.txt", {**said, **context}).strip()
        text = render_to_string(f"{template_prefix}_message.txt", {**said, **context}).strip() + "\n"
        envelope = Envelope(
            reference=f"account-{uuid4()}",
            sender_name=said["office"]["name"],
            sender=settings.MAIL_FROM,
            to=email,
            subject=subject,
            text=text,
            html=linebreaks(urlize(text, autoescape=True)),
            language=get_language() or "en",
        )
        with Conversation(settings.SMTP) as relay:
            handed = relay.hand_over(envelope, Moment.of(timezone.now(), settings.INSTITUTION_ZONE))
        if handed.outcome is not Outcome.ACCEPTED:
            LOG.error("a message about an account was not accepted: %s", handed.outcome)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/account/"

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        if message_template in self.SPOKEN:
            super().add_message(request, level, message_template, *args, **kwargs)
