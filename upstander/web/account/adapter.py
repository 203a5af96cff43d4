"""How sign-in behaves here: nobody signs up by themselves; an account comes from the roster."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Closes sign-up: who may sign in is decided by the roster and an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
