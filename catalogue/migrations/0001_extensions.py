"""Extensions of Postgres: trigrams and unaccenting for search, B-tree operators for mixed GiST indexes."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    operations = [TrigramExtension(), UnaccentExtension(), BtreeGistExtension()]
