"""Projects that were awarded: agreement, payments, ledger, changes, settlement."""
