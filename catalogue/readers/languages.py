"""ISO 639: three-letter codes that have a two-letter twin, and English names of languages."""

TWINS = dict(
    pair.split(":")
    for pair in """
    aar:aa abk:ab ave:ae afr:af aka:ak amh:am arg:an ara:ar asm:as ava:av aym:ay aze:az bak:ba bel:be
    bul:bg bih:bh bis:bi bam:bm ben:bn bod:bo tib:bo bre:br bos:bs cat:ca che:ce cha:ch cos:co cre:cr
    ces:cs cze:cs chu:cu chv:cv cym:cy wel:cy dan:da deu:de ger:de div:dv dzo:dz ewe:ee ell:el gre:el
    eng:en epo:eo spa:es est:et eus:eu baq:eu fas:fa per:fa ful:ff fin:fi fij:fj fao:fo fra:fr fre:fr
    fry:fy gle:ga gla:gd glg:gl grn:gn guj:gu glv:gv hau:ha heb:he hin:hi hmo:ho hrv:hr hat:ht hun:hu
    hye:hy arm:hy her:hz ina:ia ind:id ile:ie ibo:ig iii:ii ipk:ik ido:io isl:is ice:is ita:it iku:iu
    jpn:ja jav:jv kat:ka geo:ka kon:kg kik:ki kua:kj kaz:kk kal:kl khm:km kan:kn kor:ko kau:kr kas:ks
    kur:ku kom:kv cor:kw kir:ky lat:la ltz:lb lug:lg lim:li lin:ln lao:lo lit:lt lub:lu lav:lv mlg:mg
    mah:mh mri:mi mao:mi mkd:mk mac:mk mal:ml mon:mn mar:mr msa:ms may:ms mlt:mt mya:my bur:my nau:na
    nob:nb nde:nd nep:ne ndo:ng nld:nl dut:nl nno:nn nor:no nbl:nr nav:nv nya:ny oci:oc oji:oj orm:om
    ori:or oss:os pan:pa pli:pi pol:pl pus:ps por:pt que:qu roh:rm run:rn ron:ro rum:ro rus:ru kin:rw
    san:sa srd:sc snd:sd sme:se sag:sg sin:si slk:sk slo:sk slv:sl smo:sm sna:sn som:so sqi:sq alb:sq
    srp:sr ssw:ss sot:st sun:su swe:sv swa:sw tam:ta tel:te tgk:tg tha:th tir:ti tuk:tk tgl:tl tsn:tn
    ton:to tur:tr tso:ts tat:tt twi:tw tah:ty uig:ug ukr:uk urd:ur uzb:uz ven:ve vie:vi vol:vo wln:wa
    wol:wo xho:xh yid:yi yor:yo zha:za zho:zh chi:zh zul:zu
    """.split()
)
TWO_LETTERS = set(TWINS.values())
NO_LANGUAGE = {"und", "mul", "zxx", "mis"}

NAMES = {
    "english": "en", "french": "fr", "german": "de", "italian": "it", "spanish": "es", "castilian": "es",
    "portuguese": "pt", "brazilian portuguese": "pt", "catalan": "ca", "basque": "eu", "galician": "gl",
    "dutch": "nl", "flemish": "nl", "danish": "da", "swedish": "sv", "norwegian": "no", "finnish": "fi",
    "icelandic": "is", "polish": "pl", "czech": "cs", "slovak": "sk", "slovenian": "sl", "slovene": "sl",
    "croatian": "hr", "serbian": "sr", "bosnian": "bs", "macedonian": "mk", "albanian": "sq",
    "hungarian": "hu", "romanian": "ro", "bulgarian": "bg", "greek": "el", "turkish": "tr", "russian": "ru",
    "ukrainian": "uk", "belarusian": "be", "estonian": "et", "latvian": "lv", "lithuanian": "lt",
    "georgian": "ka", "armenian": "hy", "hebrew": "he", "yiddish": "yi", "arabic": "ar", "farsi": "fa",
    "persian": "fa", "kurdish": "ku", "hindi": "hi", "urdu": "ur", "bengali": "bn", "punjabi": "pa",
    "tamil": "ta", "telugu": "te", "malayalam": "ml", "marathi": "mr", "sinhalese": "si", "nepali": "ne",
    "chinese": "zh", "mandarin": "zh", "cantonese": "yue", "japanese": "ja", "korean": "ko", "thai": "th",
    "vietnamese": "vi", "khmer": "km", "lao": "lo", "burmese": "my", "mongolian": "mn", "tibetan": "bo",
    "indonesian": "id", "malay": "ms", "filipino": "fil", "tagalog": "tl", "swahili": "sw", "zulu": "zu",
    "xhosa": "xh", "afrikaans": "af", "wolof": "wo", "amharic": "am", "irish": "ga", "gaelic": "gd",
    "welsh": "cy", "latin": "la", "esperanto": "eo",
}  # fmt: skip


def language_code(code):
    """The code in its shortest form; None if it names no language."""
    code = code.strip().lower()
    code = TWINS.get(code, code)
    if not (code.isascii() and code.isalpha()) or code in NO_LANGUAGE:
        return None
    return code if code in TWO_LETTERS or len(code) == 3 else None


def language_named(name):
    """The code of a language named in English, such as "French" or "Chinese (Mandarin)"; None if unknown."""
    name = name.strip().lower()
    return NAMES.get(name) or NAMES.get(name.partition("(")[0].strip()) or NAMES.get(name.partition(" ")[0])
