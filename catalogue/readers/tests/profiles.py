"""DVD Profiler exports made up for the tests."""

from xml.sax.saxutils import escape, quoteattr

CANARY = "CANARY"
PRIVATE = f"""
<PurchaseInfo><PurchasePrice FormattedValue="{CANARY}">{CANARY}</PurchasePrice>
  <PurchasePlace>{CANARY}</PurchasePlace><GiftFrom FirstName="{CANARY}"/></PurchaseInfo>
<LoanInfo><Loaned>True</Loaned><User FirstName="{CANARY}" PhoneNumber="{CANARY}"/></LoanInfo>
<Notes>{CANARY} <Title>{CANARY}</Title></Notes><Tags><Tag Name="{CANARY}">{CANARY}</Tag></Tags>
<Events><Event><EventType>Watched</EventType><Note>{CANARY}</Note><User LastName="{CANARY}"/></Event></Events>
<SRP DenominationType="{CANARY}">{CANARY}</SRP><Review Film="{CANARY}">{CANARY}</Review>
<CollectionNumber>{CANARY}</CollectionNumber><WishPriority>{CANARY}</WishPriority>
<MyLinks><UserLink URL="{CANARY}"/></MyLinks><Location>{CANARY}</Location><Slot>{CANARY}</Slot>
"""


def profile(title="The Test", id="1", media="DVD", inside="", **texts):
    """One <DVD>; `texts` become elements of their own, `inside` is put in as it is."""
    flags = "".join(f"<{name}>{name == media}</{name}>" for name in ("DVD", "HDDVD", "BluRay", "UltraHD"))
    plain = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in {"ID": id, "Title": title, **texts}.items())
    return f"<DVD>{plain}<MediaTypes>{flags}</MediaTypes>{inside}</DVD>"


def export(*profiles, encoding="windows-1252"):
    lines = [f'<?xml version="1.0" encoding="{encoding}"?>', "<Collection>", *profiles, "</Collection>\n"]
    return "\n".join(lines).encode(encoding)


def elements(tag, attributes):
    """<tag …/> once for each dict of attributes."""
    return "".join(f"<{tag} {' '.join(f'{k}={quoteattr(v)}' for k, v in each.items())}/>" for each in attributes)
