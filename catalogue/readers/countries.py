"""English names of countries as ISO 3166 codes, with the states that are gone."""

NAMES = {
    "United States": "US", "United States of America": "US", "USA": "US", "United Kingdom": "GB",
    "UK": "GB", "Great Britain": "GB", "England": "GB", "Scotland": "GB", "Ireland": "IE", "Canada": "CA",
    "Australia": "AU", "New Zealand": "NZ", "France": "FR", "Germany": "DE", "West Germany": "DE",
    "East Germany": "DD", "German Democratic Republic": "DD", "Austria": "AT", "Switzerland": "CH",
    "Italy": "IT", "Spain": "ES", "Portugal": "PT", "Belgium": "BE", "Netherlands": "NL",
    "The Netherlands": "NL", "Luxembourg": "LU", "Denmark": "DK", "Sweden": "SE", "Norway": "NO",
    "Finland": "FI", "Iceland": "IS", "Poland": "PL", "Czech Republic": "CZ", "Czechia": "CZ",
    "Slovakia": "SK", "Czechoslovakia": "CS", "Hungary": "HU", "Romania": "RO", "Bulgaria": "BG",
    "Yugoslavia": "YU", "Serbia": "RS", "Croatia": "HR", "Slovenia": "SI", "Bosnia and Herzegovina": "BA",
    "North Macedonia": "MK", "Macedonia": "MK", "Albania": "AL", "Greece": "GR", "Turkey": "TR",
    "Cyprus": "CY", "Malta": "MT", "Russia": "RU", "Russian Federation": "RU", "Soviet Union": "SU",
    "USSR": "SU", "Ukraine": "UA", "Belarus": "BY", "Georgia": "GE", "Armenia": "AM", "Kazakhstan": "KZ",
    "Estonia": "EE", "Latvia": "LV", "Lithuania": "LT", "Japan": "JP", "China": "CN", "Hong Kong": "HK",
    "Taiwan": "TW", "South Korea": "KR", "Korea": "KR", "North Korea": "KP", "India": "IN",
    "Pakistan": "PK", "Bangladesh": "BD", "Sri Lanka": "LK", "Thailand": "TH", "Vietnam": "VN",
    "Philippines": "PH", "Indonesia": "ID", "Malaysia": "MY", "Singapore": "SG", "Mongolia": "MN",
    "Iran": "IR", "Iraq": "IQ", "Israel": "IL", "Lebanon": "LB", "Egypt": "EG", "Morocco": "MA",
    "Algeria": "DZ", "Tunisia": "TN", "Senegal": "SN", "Mali": "ML", "Nigeria": "NG", "Kenya": "KE",
    "South Africa": "ZA", "Mexico": "MX", "Cuba": "CU", "Brazil": "BR", "Argentina": "AR", "Chile": "CL",
    "Colombia": "CO", "Peru": "PE", "Uruguay": "UY", "Venezuela": "VE", "Jamaica": "JM",
}  # fmt: skip
BY_LOWER = {name.lower(): code for name, code in NAMES.items()}
# Where nearly every film is in one language.
LANGUAGES = {
    "US": "en", "GB": "en", "IE": "en", "AU": "en", "NZ": "en", "FR": "fr", "DE": "de", "DD": "de",
    "AT": "de", "IT": "it", "ES": "es", "MX": "es", "AR": "es", "CL": "es", "CU": "es", "PT": "pt",
    "BR": "pt", "NL": "nl", "DK": "da", "SE": "sv", "NO": "no", "FI": "fi", "IS": "is", "PL": "pl",
    "CZ": "cs", "SK": "sk", "HU": "hu", "RO": "ro", "BG": "bg", "GR": "el", "TR": "tr", "RU": "ru",
    "JP": "ja", "KR": "ko", "TH": "th", "IR": "fa",
}  # fmt: skip


def country_code(name):
    """The code of a country named in English; None if we do not know it."""
    return BY_LOWER.get(" ".join(name.split()).lower())


def likely_language(code):
    """The language of most films of the country; None where there are several."""
    return LANGUAGES.get(code)
