"""Room duties: dated obligations made by rule and closed by the fact; what waits for whom; reminders."""
