"""Numbers and names that stand for units, people and places: their one spelling, and what is wrong with them."""

from keqiao.core.identifiers.credit_code import clean_credit_code, is_usual_for
from keqiao.core.identifiers.identity_number import (
    Identity,
    IdentityKind,
    clean_passport,
    masked,
    normal_identity_number,
    read_identity_number,
)
from keqiao.core.identifiers.malformed import Malformed
from keqiao.core.identifiers.names import clean_name, fold
from keqiao.core.identifiers.phones import clean_mobile
from keqiao.core.identifiers.place_names import PlaceNames
from keqiao.core.identifiers.places import clean_postcode, clean_region_code

__all__ = [
    "Identity",
    "IdentityKind",
    "Malformed",
    "PlaceNames",
    "clean_credit_code",
    "clean_mobile",
    "clean_name",
    "clean_passport",
    "clean_postcode",
    "clean_region_code",
    "fold",
    "is_usual_for",
    "masked",
    "normal_identity_number",
    "read_identity_number",
]
