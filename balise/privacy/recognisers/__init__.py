"""One small class for each kind of pattern. The order tells which name a span gets when two kinds take the same one."""

from balise.privacy.recognisers.account import Account
from balise.privacy.recognisers.address import Address
from balise.privacy.recognisers.base import Found, Recogniser
from balise.privacy.recognisers.birth_date import BirthDate
from balise.privacy.recognisers.email import Email
from balise.privacy.recognisers.exact_place import ExactPlace
from balise.privacy.recognisers.handle import Handle
from balise.privacy.recognisers.identity_number import IdentityNumber
from balise.privacy.recognisers.leftover import Leftover
from balise.privacy.recognisers.link import Link
from balise.privacy.recognisers.phone import Phone
from balise.privacy.recognisers.plate import Plate
from balise.privacy.recognisers.postal_code import PostalCode
from balise.privacy.recognisers.secret import Secret

RECOGNISERS: tuple[Recogniser, ...] = (
    Email(),
    Link(),
    Address(),
    PostalCode(),
    BirthDate(),
    Secret(),
    Plate(),
    Account(),
    Phone(),
    IdentityNumber(),
    Handle(),
    ExactPlace(),
    Leftover(),
)

__all__ = ["RECOGNISERS", "Found", "Recogniser"]
