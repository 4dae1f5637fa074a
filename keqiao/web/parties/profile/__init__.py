"""The profile of an association: how it appears to the public, in mails and on documents."""
