from django.db import models


class Locomotive(models.Model):
    number = models.CharField(max_length=12, unique=True)
    kilometres = models.PositiveIntegerField(default=0)
    state = models.TextField(default="{}")

    def due(self):
        """Whether the wheels have to be turned."""
        return self.kilometres > 90_000
