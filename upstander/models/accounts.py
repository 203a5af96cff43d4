"""Who may sign in, and as what."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from upstander.models.people import Person, Unit


class AccountManager(BaseUserManager):
    """Makes accounts, with passwords hashed by the configured hasher, and reads each with its person in one query."""

    def get_queryset(self) -> models.QuerySet["Account"]:
        return super().get_queryset().select_related("person")

    def create_user(self, email: str, password: str | None = None, person: Person | None = None) -> "Account":
        account = self.model(email=self.normalize_email(email), person=person)
        account.set_password(password) if password else account.set_unusable_password()
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser, PermissionsMixin):
    """The sign-in of one person; roles come from grants and the roster, not from flags here."""

    email = models.EmailField(unique=True)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="account", null=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = AccountManager()

    def __str__(self) -> str:
        return f"account {self.pk}"


class RoleGrant(models.Model):
    """A role given to a person by hand: for a programme, a unit, or the whole institution (both null).

    Roles: those of `core.access.ROLES`. Ended, never deleted.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20)
    programme = models.ForeignKey("upstander.Programme", null=True, blank=True, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    granted_at = models.DateTimeField()
    granted_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True, blank=True)


class Invitation(models.Model):
    """A link with which a person sets a password, once, before it expires; only the token's digest is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)


class Installation(models.Model):
    """The one row that says what this database is: a demo's or an institution's (they never mix)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    is_demo = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    demo_people = models.JSONField(default=list, blank=True, help_text='[{"key","person_id"}] offered at the door')

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_installation")]
