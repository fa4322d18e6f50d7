"""Members: who signs in, where their discs go, what we write to them."""

from members.models.address import Address
from members.models.download import Download
from members.models.forms import SentForm
from members.models.look import Look, LookReason
from members.models.mail import Message, MutedMail
from members.models.member import Member
