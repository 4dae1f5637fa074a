"""What the room's columns say of people: none of those that look so."""

TABLES = ()

EXCUSED = {"registers.recognitionscheme.name": "the name of a scheme of recognition"}
