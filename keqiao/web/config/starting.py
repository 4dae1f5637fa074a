"""What must be true before any process of the program does work: said once, asked by every door."""

from datetime import datetime

from django.core.exceptions import ImproperlyConfigured

from keqiao.web.config.installation import settle_kind
from keqiao.web.privacy.actions import publish_shipped_texts
from keqiao.web.privacy.keyring import KeyMissing, RingUnfit
from keqiao.web.privacy.keys import establish


def require_fit(at: datetime) -> None:
    """Refuse to start on the data of another kind of installation, or without the keys of the data.

    Raises:
        ImproperlyConfigured: the text says what is wrong and what to do.
    """
    settle_kind(at)
    try:
        establish(at)
    except (KeyMissing, RingUnfit) as wrong:
        raise ImproperlyConfigured(str(wrong)) from wrong
    publish_shipped_texts(at)
