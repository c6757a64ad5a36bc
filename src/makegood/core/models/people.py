"""Who acts: people of the seller, client contacts and software agents; teams, roles and absences."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Role(models.TextChoices):
    """What a person does; rules speak of roles, never of persons."""

    ACCOUNT_MANAGER = "account_manager", "Account manager"
    CAMPAIGN_MANAGER = "campaign_manager", "Campaign manager"
    TRAFFICKER = "trafficker", "Trafficker"
    REVIEWER = "reviewer", "Reviewer"
    LEAD = "lead", "Client-services lead"
    SALES = "sales", "Sales"
    FINANCE = "finance", "Finance"
    LEADERSHIP = "leadership", "Leadership"
    ADMIN = "admin", "Administrator"
    CLIENT = "client", "Client"


class Team(models.Model):
    """People who share a portfolio and cover for one another."""

    name = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["Person"]):
    """How Django's sign-in finds people: by e-mail."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Person":
        """A person with a hashed password."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """E-mail addresses are compared without case."""
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """One who acts. `agent_for` is set for software that acts with a person's rights and may approve nothing."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    roles = ArrayField(models.CharField(max_length=24, choices=Role.choices), default=list)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="people")
    agent_for = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="agents")
    is_active = models.BooleanField(default=True)
    title = models.CharField(max_length=120, blank=True)
    skills = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    hours_per_week = models.DecimalField(max_digits=4, decimal_places=1, default=37.5)
    zone = models.CharField(max_length=40, default="America/New_York")
    theme = models.CharField(max_length=8, default="auto", choices=[("auto", "Auto"), ("light", "Light"), ("dark", "Dark")])
    shortcuts = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    parties = models.ManyToManyField("core.Party", through="core.Membership", related_name="people")

    objects = People()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(email=models.functions.Lower("email")), name="person_email_lower"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """First letters of first and last name."""
        words = self.name.split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()

    @property
    def is_client(self) -> bool:
        """Whether this person belongs to a client and sees only its parties' records."""
        return Role.CLIENT in self.roles

    @property
    def is_staff_member(self) -> bool:
        """Whether this person works for the seller."""
        return bool(self.roles) and not self.is_client

    def has_role(self, *roles: str) -> bool:
        """Whether the person has any of `roles`; administrators do not inherit other roles."""
        return bool(set(roles) & set(self.roles))

    def get_full_name(self) -> str:
        """The name, as Django asks for it."""
        return self.name


class Absence(models.Model):
    """A stretch of days away, with who covers."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="absences")
    start = models.DateField()
    end = models.DateField()
    cover = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="covering")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="absence_dates"),
            models.CheckConstraint(condition=~models.Q(cover=models.F("person")), name="absence_cover_is_another"),
        ]
