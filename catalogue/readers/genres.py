"""Other people's names for our genres."""

OURS = """
Action, Adventure, Animation, Biography, Comedy, Crime, Documentary, Drama, Family, Fantasy, Film noir,
History, Horror, Music, Musical, Mystery, Political, Romance, Sci-fi, Short, Silent, Sport, Spy,
Superhero, Thriller, War, Western
"""
SYNONYMS = {
    "animated": "Animation", "anime": "Animation", "biographical": "Biography", "biopic": "Biography",
    "documentaries": "Documentary", "film-noir": "Film noir", "noir": "Film noir", "historical": "History",
    "romantic": "Romance", "science fiction": "Sci-fi", "science-fiction": "Sci-fi", "sci fi": "Sci-fi",
    "short film": "Short", "silent film": "Silent", "sports": "Sport", "suspense": "Thriller",
    "suspense/thriller": "Thriller", "spies": "Spy", "martial arts": "Martial arts",
    "live action": "Live action", "found footage": "Found footage",
}  # fmt: skip
NAMES = {name.lower(): name for name in " ".join(OURS.split()).split(", ")} | SYNONYMS


def genres(names):
    """Our names for `names`, each once; one that we do not have stays as spelled, with a capital."""
    return list(dict.fromkeys(genre(name) for name in names if name))


def genre(name):
    """Our name for one genre."""
    name = " ".join(name.split())
    return NAMES.get(name.lower()) or name[:1].upper() + name[1:]
