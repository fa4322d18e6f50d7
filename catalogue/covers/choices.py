"""What a film's record says about its cover: the tables the plan reads.

Changing a row redraws the covers it touches, so raise RULES_VERSION with it.
"""


def _by_member(groups, separator=None):
    """Turn {group: "member member"} inside out into {member: group}."""
    return {member: group for group, members in groups.items() for member in members.split(separator)}


# Region: the palettes a film may get in each mood. Gentle genres are quiet, hard ones dark, the rest warm.
REGION_PALETTES = {
    "east": {
        "quiet": ["bone-red", "ice-black", "powder", "peach-navy"],
        "dark": ["midnight", "soot-red", "slate-ice", "petrol"],
        "warm": ["vermilion", "bone-red", "petrol", "paper-blue"],
    },
    "japan": {
        "quiet": ["bone-indigo", "blush-wine", "sage-plum", "paper-green"],
        "dark": ["soot-red", "midnight", "bottle", "ink-blush"],
        "warm": ["bone-indigo", "vermilion", "cobalt", "jade"],
    },
    "france": {
        "quiet": ["sky-cream", "blush-wine", "paper-blue", "lemon-ink", "peach-navy"],
        "dark": ["ink-blush", "midnight", "oxblood", "slate-ice"],
        "warm": ["cobalt", "rose", "paper-blue", "saffron"],
    },
    "italy": {
        "quiet": ["sand-teal", "pistachio", "peach-navy", "saffron"],
        "dark": ["oxblood", "aubergine", "cocoa", "pine-coral"],
        "warm": ["ochre", "rust", "jade", "cobalt"],
    },
    "uk": {
        "quiet": ["sand-teal", "sage-plum", "paper-green", "powder"],
        "dark": ["bottle", "petrol", "ink-blush", "coal-acid"],
        "warm": ["rust", "jade", "cobalt", "paper-blue"],
    },
    "usa": {
        "quiet": ["sand-teal", "powder", "lemon-ink", "peach-navy", "paper-blue"],
        "dark": ["petrol", "soot-red", "midnight", "coal-acid"],
        "warm": ["turquoise", "saffron", "vermilion", "cobalt"],
    },
    "nordic": {
        "quiet": ["ice-black", "powder", "sage-plum", "paper-blue"],
        "dark": ["slate-ice", "midnight", "ink-blush"],
        "warm": ["ice-black", "petrol", "bone-indigo"],
    },
    "central": {
        "quiet": ["mauve", "bone-red", "lemon-ink", "powder"],
        "dark": ["coal-acid", "soot-red", "slate-ice", "pine-coral"],
        "warm": ["saffron", "petrol", "paper-green", "rust"],
    },
    "india": {
        "quiet": ["saffron", "blush-wine", "sand-teal", "peach-navy"],
        "dark": ["aubergine", "cocoa", "bottle"],
        "warm": ["saffron", "rose", "turquoise"],
    },
    "east-asia": {
        "quiet": ["blush-wine", "pistachio", "mauve", "peach-navy"],
        "dark": ["oxblood", "bottle", "aubergine", "ink-blush"],
        "warm": ["vermilion", "jade", "rose", "cobalt"],
    },
    "west-asia": {
        "quiet": ["sand-teal", "pistachio", "turquoise", "powder"],
        "dark": ["petrol", "cocoa", "bottle"],
        "warm": ["turquoise", "ochre", "grass"],
    },
    "africa": {
        "quiet": ["saffron", "sand-teal", "pistachio", "peach-navy"],
        "dark": ["cocoa", "aubergine", "pine-coral"],
        "warm": ["ochre", "rust", "grass"],
    },
    "latin": {
        "quiet": ["pistachio", "saffron", "blush-wine", "paper-green"],
        "dark": ["oxblood", "bottle", "aubergine"],
        "warm": ["grass", "rust", "turquoise"],
    },
    "other": {
        "quiet": ["sage-plum", "sand-teal", "mauve", "paper-green"],
        "dark": ["petrol", "cocoa", "slate-ice"],
        "warm": ["ochre", "cobalt", "jade"],
    },
}

REGION_OF_COUNTRY = _by_member(
    {
        "east": "Soviet Union, Russia, Ukraine, Georgia, Armenia",
        "japan": "Japan",
        "france": "France, Belgium, Switzerland, Luxembourg",
        "italy": "Italy, Spain, Portugal, Greece",
        "uk": "United Kingdom, Ireland, Australia, New Zealand",
        "usa": "United States, Canada",
        "nordic": "Sweden, Denmark, Norway, Finland, Iceland",
        "central": "Germany, West Germany, East Germany, Austria, Poland, Czechoslovakia, Czech Republic, "
        "Hungary, Yugoslavia, Romania",
        "india": "India, Pakistan, Bangladesh, Sri Lanka",
        "east-asia": "China, Hong Kong, Taiwan, South Korea, Thailand, Vietnam",
        "west-asia": "Iran, Turkey, Iraq, Israel, Lebanon, Palestine, Egypt",
        "africa": "Senegal, Mali, Algeria, Morocco, Tunisia, Nigeria, South Africa, Burkina Faso",
        "latin": "Brazil, Argentina, Mexico, Cuba, Chile, Colombia, Peru",
    },
    separator=", ",
)

MOOD_OF_GENRE = _by_member(
    {
        "quiet": "Romance, Comedy, Family, Animation, Musical, Drama, Classics",
        "dark": "Horror, Thriller, Crime, War, Mystery, Film noir, Sci-fi",
        "warm": "Adventure, Action, Western, Documentary, Fantasy, Biography, Music",
    },
    separator=", ",
)

GENRE_MOTIFS = {
    "War": ["rays", "slats", "skein"],
    "Romance": ["pair", "petals", "halves"],
    "Drama": ["stairs", "horizon", "halves"],
    "Crime": ["cut", "slats", "city"],
    "Film noir": ["slats", "stairs", "cut"],
    "Thriller": ["cut", "spiral", "eye"],
    "Mystery": ["eye", "spiral", "doors"],
    "Horror": ["eye", "cut", "doors"],
    "Sci-fi": ["halftone", "orb", "strings"],
    "Fantasy": ["orb", "skein", "strings"],
    "Comedy": ["tiles", "arcs", "petals"],
    "Animation": ["tiles", "arcs", "orb"],
    "Musical": ["arcs", "strings", "tiles"],
    "Music": ["strings", "arcs", "halftone"],
    "Adventure": ["peaks", "waves", "road"],
    "Western": ["horizon", "road", "peaks"],
    "Action": ["blades", "cut", "rays"],
    "Documentary": ["beam", "halftone", "halves"],
    "Biography": ["halftone", "arcs", "horizon"],
    "Family": ["arcs", "tiles", "peaks"],
    "Classics": ["arcs", "horizon", "pair"],
}

# A colour word in the name settles the palette.
PALETTE_OF_WORD = _by_member(
    {
        "vermilion": "red scarlet rouge",
        "cobalt": "blue bleu",
        "grass": "green",
        "soot-red": "black noir",
        "ice-black": "white silver",
        "saffron": "gold golden orange",
        "lemon-ink": "yellow",
        "rose": "pink pomegranates",
        "mauve": "violet purple",
    }
)

# A word in the name settles the motif.
MOTIF_OF_WORD = _by_member(
    {
        "skein": "crane cranes bird birds wing wings swan gull eagle hawk raven crow fly flying flight "
        "angel angels dove kes falcon",
        "orb": "sun sunset moon star stars planet solaris world space odyssey earth summer day days",
        "rays": "sunrise fire light lights flame gun bomb war battle glory burning",
        "spiral": "vertigo whirl spell dream dreams sleep mind memory memories time",
        "waves": "sea ocean river water shore rain ship boat wave waves island beach atalante blue lake tide",
        "peaks": "mountain mountains hill hills valley snow ice north rock everest",
        "road": "road street highway way journey run runner train trains texas walk walkabout drive trip",
        "city": "city cities metropolis avenue apartment skyscraper boulevard town hong york tokyo berlin roma",
        "stairs": "tower stairs staircase ladder step steps",
        "doors": "house door doors room rooms home hotel castle palace mirror parasite hall",
        "eye": "eye eyes see look watch watching peeping persona face faces seen witness",
        "pair": "love lovers amour mon wife husband marriage brief together hearts mood lives twins",
        "petals": "flower flowers rose roses garden spring daisies blossom cherry strawberries pomegranates "
        "lotus orchid beehive",
        "blades": "sword samurai knife blade blades dagger razor harakiri",
        "beam": "camera film cinema kino movie projector picture show singin stage",
        "slats": "shadow shadows night dark noir window windows stranger",
        "halves": "double two half other split",
    }
)

_FROM_ZERO = "zero one two three four five six seven eight nine ten eleven twelve"
NUMBER_OF_WORD = {word: number for number, word in enumerate(_FROM_ZERO.split())}
NUMBER_OF_WORD |= {"first": 1, "second": 2, "third": 3, "trois": 3, "fourth": 4, "seventh": 7, "dekalog": 10}
