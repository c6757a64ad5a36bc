"""Saved views of lists."""

from django.db import models

from makegood.core.models.people import Person


class SavedView(models.Model):
    """A named query string of one list; private unless shared with the team."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_views")
    list_key = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    query = models.TextField(blank=True)
    shared = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "list_key", "name"], name="view_name_once")]

    def __str__(self) -> str:
        return self.name
