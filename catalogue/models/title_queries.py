from django.db import models


class TitleQuerySet(models.QuerySet):
    pass
