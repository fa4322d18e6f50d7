from django.db import models


class ReviewQuerySet(models.QuerySet):
    pass


class CriticReviewQuerySet(models.QuerySet):
    pass


class ScoreSummaryQuerySet(models.QuerySet):
    pass
