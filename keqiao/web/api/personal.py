"""What the room keeps of people: nothing but what they call their tokens."""

from keqiao.web.privacy.catalogue import PersonalTable

TABLES: tuple[PersonalTable, ...] = ()
EXCUSED = {"api.token.name": "what a token is for, as its maker calls it"}
