"""The stages in which a world is brought into the rooms, in this order. A later part adds its stage at the end.

A stage is a function that walks over its share of the world and yields once for each piece, after the transaction of
that piece, whether anything was made; where pieces differ, by the word for what was done. A piece that is there is
passed over: a stage can be run again at any time, and one that broke off goes on where it stopped.
docs/howto/add-a-stage-to-the-season.md
"""

from collections.abc import Callable, Iterator, Mapping

from keqiao.web.season.stages.accepting import play_accepting
from keqiao.web.season.stages.agreeing import play_agreeing
from keqiao.web.season.stages.allocating import play_allocating
from keqiao.web.season.stages.applications import play_applications
from keqiao.web.season.stages.checking import play_checking
from keqiao.web.season.stages.endorsing import play_endorsing
from keqiao.web.season.stages.log_ins import play_log_ins
from keqiao.web.season.stages.next_year import play_next_year
from keqiao.web.season.stages.noticing import play_noticing
from keqiao.web.season.stages.people import play_people
from keqiao.web.season.stages.registers import play_registers
from keqiao.web.season.stages.reviewing import play_reviewing
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.stages.stamping import play_stamping
from keqiao.web.season.stages.units import play_units
from keqiao.web.season.stages.working import play_working
from keqiao.web.season.world import World

Stage = Callable[[World, Scene], Iterator[bool] | Iterator[bool | str]]

STAGES: Mapping[str, Stage] = {
    "units": play_units,
    "people": play_people,
    "registers": play_registers,
    "log_ins": play_log_ins,
    "applications": play_applications,
    "endorsing": play_endorsing,
    "stamping": play_stamping,
    "checking": play_checking,
    "reviewing": play_reviewing,
    "deciding": play_allocating,
    "noticing": play_noticing,
    "agreeing": play_agreeing,
    "working": play_working,
    "accepting": play_accepting,
    "next_year": play_next_year,
}
"""By name, in the order in which they are played; each needs those before it."""
