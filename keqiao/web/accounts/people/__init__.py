"""The people of a unit: who works for it in which role, invitations, hand-over to a successor."""
