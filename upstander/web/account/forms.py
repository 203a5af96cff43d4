"""The account forms, with labels and hints in our own words; what they check is allauth's and Django's."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from upstander.models import Account, Person


def _bare(form: forms.Form) -> None:
    """A label and a hint say what a field is for; a placeholder would vanish while the reader types."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


def _password_hint() -> str:
    return gettext("At least 12 characters. Four or five words that you can remember make a good password.")


class SignInForm(LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _bare(self)
        self.fields["login"].label = gettext("E-mail address")
        self.fields["login"].help_text = gettext("The one that the university has for you.")
        self.fields["password"].label = gettext("Password")
        self.fields["password"].help_text = ""


class AskForLinkForm(ResetPasswordForm):
    """The address to which a link to a new password goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _bare(self)
        self.fields["email"].label = gettext("E-mail address")
        self.fields["email"].help_text = gettext("The one that the university has for you.")


class NewPasswordForm(ResetPasswordKeyForm):
    """A new password, twice, behind a link that came by e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _bare(self)
        self.fields["password1"].label = gettext("New password")
        self.fields["password1"].help_text = _password_hint()
        self.fields["password2"].label = gettext("The same password again")


class OtherPasswordForm(ChangePasswordForm):
    """The current password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _bare(self)
        self.fields["oldpassword"].label = gettext("Current password")
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].label = gettext("New password")
        self.fields["password1"].help_text = _password_hint()
        self.fields["password2"].label = gettext("The same password again")


class InvitationForm(forms.Form):
    """The first password of an invited person."""

    password1 = forms.CharField(
        label=_("Choose a password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )
    password2 = forms.CharField(
        label=_("The same password again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["password1"].help_text = _password_hint()

    def clean(self) -> dict:
        data = super().clean()
        first, again = data.get("password1"), data.get("password2")
        if first and again and first != again:
            self.add_error("password2", gettext("The two passwords are not the same."))
        if first:
            try:
                validate_password(first, Account(email=self.person.email))
            except forms.ValidationError as problem:
                self.add_error("password1", problem)
        return data
