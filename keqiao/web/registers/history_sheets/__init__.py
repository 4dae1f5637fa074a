"""The history of the registers as tables: recognitions and terms, debarments, past projects and topics."""
