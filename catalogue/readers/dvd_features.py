"""What else is on the discs, from the flags of a DVD Profiler profile."""

from .elements import is_true, text_of

# The flag, our name, our kind. Scene access and "play all" are ways to the film, not extras.
FEATURES = {
    "FeatureCommentary": ("Audio commentary", "commentary"),
    "FeatureTrailer": ("Trailer", "trailer"),
    "FeatureBonusTrailers": ("Bonus trailers", "trailer"),
    "FeatureMakingOf": ("Making of", "featurette"),
    "FeatureDeletedScenes": ("Deleted scenes", "deleted scenes"),
    "FeatureOuttakes": ("Outtakes", "other"),
    "FeatureInterviews": ("Interviews", "interview"),
    "FeatureMusicVideos": ("Music videos", "short"),
    "FeatureStoryboardComparisons": ("Storyboard comparisons", "featurette"),
    "FeaturePhotoGallery": ("Photo gallery", "gallery"),
    "FeatureProductionNotes": ("Production notes", "text"),
    "FeatureGame": ("Game", "other"),
    "FeatureDVDROMContent": ("DVD-ROM content", "other"),
    "FeatureMultiAngle": ("Multiple angles", "other"),
    "FeatureClosedCaptioned": ("Closed captions", "other"),
    "FeatureTHXCertified": ("THX certified", "other"),
    "FeaturePIP": ("Picture-in-picture", "other"),
    "FeatureBDLive": ("BD-Live", "other"),
    "FeatureDigitalCopy": ("Digital copy", "other"),
    "FeatureDBOX": ("D-BOX motion code", "other"),
    "FeatureCineChat": ("CineChat", "other"),
    "FeatureMovieIQ": ("Movie IQ", "other"),
}
LONGEST_NAME = 500


def extras(profile):
    """One extra for each flag that is set, and one for what the owner typed beside them."""
    flagged = {flag.tag for flag in profile.iterfind("Features/*") if is_true(flag)}
    named = [{"name": name, "kind": kind} for flag, (name, kind) in FEATURES.items() if flag in flagged]
    typed = text_of(profile, "Features/OtherFeatures")[:LONGEST_NAME]
    return named + ([{"name": typed, "kind": "other"}] if typed else [])
