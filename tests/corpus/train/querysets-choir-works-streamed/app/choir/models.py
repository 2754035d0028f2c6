from django.db import models


class Work(models.Model):
    title = models.CharField(max_length=80)
    season = models.PositiveSmallIntegerField(db_index=True)
    minutes = models.PositiveSmallIntegerField()
    words = models.TextField()

    class Meta:
        app_label = "choir"
