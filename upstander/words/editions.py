"""What a new edition changed, as sentences for whoever completed an older one."""

from django.utils.translation import gettext_lazy as _

#: How a change weighs -> what a holder of an older edition is told.
CHANGE_SENTENCES = {
    "editorial": _("Only the wording changed. What is taught is the same."),
    "material": _("What the course teaches has changed in part."),
    "legal": _("What the law or the policy asks has changed in part."),
}
