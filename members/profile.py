"""The page on which members say what to call them and where to post to."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone

from members.models import Address, Member
from members.profile_forms import AddressForm, NameForm

# Postcode areas and districts to which the post takes a day longer: Northern Ireland, Man, the Channel Islands, the
# islands of Scotland, Scilly.
FAR = re.compile(
    r"(BT|IM|JE|GY|HS|ZE)\d|KW1[567] |KA2[78] |PA(20|4[1-9]|[67]\d) |PH4[234] |IV(4[1-9]|5[156]) |TR2[1-5] "
)


@login_required
def profile(request):
    """The name and the address, each a form of its own; then the page again."""
    address = Address.objects.filter(member=request.user).first() or Address(member=request.user)
    name_form, address_form = _forms(request, address)
    if name_form.is_bound and name_form.is_valid():
        return _rename(request, name_form)
    if address_form.is_bound and address_form.is_valid():
        return _move(request, address_form)
    label = Address.objects.filter(member=request.user).first()
    context = {"name_form": name_form, "address_form": address_form, "label": label}
    return render(request, "members/profile.html", context | {"is_far": bool(label and FAR.match(label.postcode))})


def _forms(request, address):
    sent = {request.POST.get("part"): request.POST} if request.method == "POST" else {}
    member = Member.objects.get(pk=request.user.pk)  # a form changes its row even where it refuses
    name_form = NameForm(sent.get("name"), instance=member, envelope=address.name)
    return name_form, AddressForm(sent.get("address"), instance=address)


def _rename(request, form):
    form.save(commit=False).save(update_fields=["shown_as"])
    messages.success(request, f"Others see you as {form.instance.shown_as}.")
    return redirect("members:profile")


def _move(request, form):
    new = form.cleaned_data | {"changed_at": timezone.now()}
    Address.objects.update_or_create(member=request.user, defaults=new)
    messages.success(request, "Your discs go to this address from now on.")
    return redirect("members:profile")
