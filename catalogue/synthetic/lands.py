"""Which countries films come from, the more frequent ones first, and what is spoken there."""

LANDS = """
US:en GB:en FR:fr IN:hi JP:ja DE:de IT:it ES:es CN:zh KR:ko CA:en,fr RU:ru AU:en BR:pt HK:zh SE:sv MX:es AR:es PL:pl
SU:ru TR:tr BE:fr DK:da GR:el EG:ar IR:fa CZ:cs CS:cs HU:hu IE:en FI:fi NO:da AT:de CH:de,fr,it TW:zh PT:pt TH:th NZ:en
NG:en ZA:en IL:he UA:ru BD:bn DD:de CL:es CO:es CU:es GE:ka AM:hy LB:ar MA:fr,ar TN:ar DZ:ar,fr SN:fr PE:es UY:es VE:es
PH:en SG:en,zh,ta LK:ta PK:hi KZ:ru BY:ru BG:ru IS:da ML:fr BF:fr CM:fr CI:fr CY:el KP:ko MG:fr SY:ar IQ:ar JO:ar PS:ar
SA:ar AE:ar KW:ar BO:es EC:es PY:es CR:es PA:es DO:es GT:es LU:fr MC:fr MT:en JM:en TT:en KE:en GH:en ET:en UG:en TZ:en
"""


def lands(codes):
    """(country, languages) of every one of `codes`: those that make many films first, the others in order of code."""
    known = dict(part.split(":") for part in LANDS.split())
    ordered = [*(code for code in known if code in codes), *sorted(set(codes) - set(known))]
    return [(code, known.get(code, "en").split(",")) for code in ordered]
