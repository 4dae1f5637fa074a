"""The room keeps nothing of people: its columns that look so name parts of a call."""

TABLES = ()

EXCUSED = {
    "programmes.offer.name": "the name of a category",
    "programmes.milestone.name": "the name of a step of a call",
}
