"""Tables of the room. Changed only by ``actions``; nothing is ever deleted, and triggers see to it."""

from keqiao.web.registers.models.debarments import Debarment, DebarmentStep
from keqiao.web.registers.models.history import Holding, Incident, SocietyAffair, TrackRecord
from keqiao.web.registers.models.keeping import KeptRegister, SharingPolicy
from keqiao.web.registers.models.platforms import PlatformAccount, PlatformCount
from keqiao.web.registers.models.recognitions import Recognition, RecognitionScheme, RecognitionStep

__all__ = [
    "Debarment",
    "DebarmentStep",
    "Holding",
    "Incident",
    "KeptRegister",
    "PlatformAccount",
    "PlatformCount",
    "Recognition",
    "RecognitionScheme",
    "RecognitionStep",
    "SharingPolicy",
    "SocietyAffair",
    "TrackRecord",
]
