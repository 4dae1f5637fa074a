"""Sound and moving pictures, told by their content: the signature, and the structure behind it.

A signature alone is not believed: the containers are walked as far as their list of tracks, frames are followed by a
second one. So a page of HTML behind a false beginning is no recording, and a film without pictures is sound.
Every walk is bounded, whatever a file says about itself.
"""

from keqiao.readers.recordings.lengths import Length, recording_length
from keqiao.readers.recordings.recognising import recording_kind

__all__ = ["Length", "recording_kind", "recording_length"]
