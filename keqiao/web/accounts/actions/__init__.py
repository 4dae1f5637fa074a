"""Open accounts, give and end roles, keep the record of log-ins. One act, one transaction, one event."""

from keqiao.web.accounts.actions.grants import (
    Terms,
    end_grant,
    grant,
    hand_over,
    let_grants_end_with_call,
)
from keqiao.web.accounts.actions.log_ins import (
    Visit,
    end_other_sessions,
    end_session,
    note_log_in,
    tell_of_locks,
)
from keqiao.web.accounts.actions.people import (
    NewAccount,
    change_password,
    choose_language,
    close_account,
    open_account,
    reopen_account,
    reset_second_factor,
)

__all__ = [
    "NewAccount",
    "Terms",
    "Visit",
    "change_password",
    "choose_language",
    "close_account",
    "end_grant",
    "end_other_sessions",
    "end_session",
    "grant",
    "hand_over",
    "let_grants_end_with_call",
    "note_log_in",
    "open_account",
    "reopen_account",
    "reset_second_factor",
    "tell_of_locks",
]
