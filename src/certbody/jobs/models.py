"""When each job is due next: one row a job, which whoever runs it takes first."""

from django.db import models


class Turn(models.Model):
    """When a job is due, and how its last run ended."""

    job = models.CharField(max_length=40, primary_key=True)
    due_at = models.DateTimeField()
    ran_at = models.DateTimeField(null=True)
    did = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.job}: {self.due_at:%F %T}"
