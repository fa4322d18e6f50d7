"""From how many ratings or reviews a figure is printed, and what it is called: the settings, named.

Each is printed beside the figure that it bears on (docs/scores.md).
"""

from django.conf import settings

HALF_STARS = (1, 10)  # what a rating can be
LIKED_FROM = settings.SCORES["liked_from_half_stars"]
RATINGS_TO_SHOW = settings.SCORES["ratings_to_show"]
CRITICS_TO_SHOW = settings.SCORES["critics_to_show"]
FRESH_FROM = settings.SCORES["fresh_from_percent"]
CERTIFIED_FROM = settings.SCORES["certified_from_percent"]
CERTIFIED_REVIEWS = settings.SCORES["certified_from_reviews"]
CERTIFIED_TOP_CRITICS = settings.SCORES["certified_from_top_critics"]
CHART_PRIOR = settings.SCORES["chart_prior_ratings"]
CHART_FROM = settings.SCORES["chart_from_ratings"]
CHART_FROM_VOTES = settings.SCORES["chart_from_votes"]
TASTE_IN_COMMON = settings.SCORES["taste_in_common"]
