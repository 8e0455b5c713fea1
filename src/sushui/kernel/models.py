"""Records that every room stands on."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from sushui.kernel import clock
from sushui.kernel.search import words_index


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, name: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=username, name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person. What a person may do hangs on the post in use, never on the person.

    ``must_change_password``: somebody else knows the password. ``registered_in``: whose administrator keeps the account
    while it holds no post.
    """

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=64)
    phone = models.CharField(max_length=32, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    registered_in = models.ForeignKey("organizations.Division", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class Record(models.Model):
    """Base of every scoped record: the division it belongs to and a version for compare-and-set."""

    division = models.ForeignKey("organizations.Division", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True


class Subject(models.Model):
    """Anything that work can hang on, as lower rooms may know it; kept by the room that owns it."""

    kind = models.CharField(max_length=32)
    object_id = models.BigIntegerField()
    label = models.CharField(max_length=255)
    url = models.CharField(max_length=255, blank=True)
    division = models.ForeignKey("organizations.Division", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    owner_post = models.ForeignKey("organizations.Post", null=True, on_delete=models.PROTECT, related_name="+")
    search_text = models.TextField(blank=True, default="")
    search = SearchVectorField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "object_id"], name="subject_once")]
        indexes: ClassVar = [words_index("subject_search")]

    def __str__(self) -> str:
        return self.label


class AuditLine(models.Model):
    """One act: who, in which post, when, on what, before and after. Nothing updates or deletes it."""

    division = models.ForeignKey("organizations.Division", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    user_name = models.CharField(max_length=64)
    post = models.ForeignKey("organizations.Post", null=True, on_delete=models.PROTECT, related_name="+")
    post_name = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=64)
    target = models.CharField(max_length=64)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["target", "id"], name="audit_by_target")]


class AuditPending(models.Model):
    """A line that no seal holds yet; written with the line, taken away by the seal."""

    line = models.OneToOneField(AuditLine, primary_key=True, on_delete=models.PROTECT, related_name="+")
    division = models.ForeignKey("organizations.Division", null=True, on_delete=models.PROTECT, related_name="+")


class AuditSeal(models.Model):
    """A link of the chain: the lines it holds in order, and a hash over them and the link before."""

    division = models.ForeignKey("organizations.Division", null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()
    line_ids = ArrayField(models.BigIntegerField())
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "number"], nulls_distinct=False, name="seal_once")
        ]


class OutboxMessage(models.Model):
    """Something to be sent, written in the transaction of the act that caused it; ``key`` makes it once."""

    key = models.CharField(max_length=200, unique=True)
    topic = models.CharField(max_length=64)
    division = models.ForeignKey("organizations.Division", null=True, on_delete=models.PROTECT, related_name="+")
    payload = models.JSONField()
    created_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], condition=models.Q(done_at=None), name="outbox_waiting")
        ]


class DatedSetting(models.Model):
    """A value of a registered setting for a division from a day on."""

    division = models.ForeignKey("organizations.Division", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    value = models.JSONField()
    valid_from_on = models.DateField()
    source = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "key", "valid_from_on"], name="setting_once_a_day")
        ]


class CalendarYear(models.Model):
    """A year whose holidays the State Council has announced, as it was loaded."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField(max_length=255, blank=True)
    loaded_at = models.DateTimeField(default=clock.now)


class CalendarDay(models.Model):
    """A day that is not what its weekday says: a holiday, or a weekend day that is worked."""

    on = models.DateField(primary_key=True)
    is_working = models.BooleanField()


class Receipt(models.Model):
    """What a request with an idempotency key did, stored with its effect, so that doing it again changes nothing."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    verb = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    result = models.JSONField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="receipt_once")]
        indexes: ClassVar = [models.Index(fields=["at"], name="receipt_by_age")]


class ApiToken(models.Model):
    """A key with which a program acts for a person in one post; only its digest is kept: nobody reads it again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey("organizations.Post", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_on = models.DateField()
    used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)


class SavedView(models.Model):
    """A named set of filters of one list, kept by a post."""

    post = models.ForeignKey("organizations.Post", on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=64)
    name = models.CharField(max_length=64)
    query = models.CharField(max_length=1024)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "page", "name"], name="saved_view_once")]
