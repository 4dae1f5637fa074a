"""Draw units, people, registers and applications for an association and play them in a demonstration."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from keqiao.web.parties.queries import associations, local_day
from keqiao.web.season.drawing import draw_world
from keqiao.web.season.numbers import SEEDS
from keqiao.web.season.playing import Progress, RealInstallation, play_scene
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.vocabulary import grounds
from keqiao.web.season.world import Size

EVERY = 25  # pieces between two lines of progress
LOOKED_BACK = timedelta(days=10)
"""So long after it began the play looks back: lists that had a time set for them are late by then."""


class Command(BaseCommand):
    help = "Fill a demonstration with generated units that apply. Never touches real installations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "association",
            choices=sorted(grounds()),
            metavar="PROGRAMME",
            help=f"whose call is played: {', '.join(sorted(grounds()))}; again: goes on where it stopped",
        )
        parser.add_argument("--units", type=int, default=200)
        parser.add_argument("--applications", type=int, default=20, help="how many of the units apply")
        parser.add_argument(
            "--seed",
            type=int,
            default=0,
            choices=range(SEEDS),
            metavar=f"0..{SEEDS - 1}",
            help="the same seed draws the same world on a day",
        )
        parser.add_argument(
            "--whole",
            action="store_true",
            help="go on after the formal check, at moments to come: the years of these have to be announced",
        )

    def handle(
        self, *_args: Any, association: str, units: int, applications: int, seed: int, **options: Any
    ) -> None:
        now = timezone.now()
        found = associations().filter(slug=association).first()
        if found is None:
            raise CommandError(
                f"{association}: there is no such association here; start the demonstration first."
            )
        size = Size(units, applications=applications, whole=options["whole"])
        world = draw_world(grounds()[association], size, day=local_day(now), seed=seed)
        scene = Scene(found, now, until=now + LOOKED_BACK)
        if size.whole:
            scene.until = scene.moments.last
        try:
            stages = play_scene(world, scene, self._tell)
        except RealInstallation as refused:
            raise CommandError(str(refused)) from refused
        for stage in stages:
            acts = "".join(f", {act} {count}" for act, count in stage.acts.items())
            self.stdout.write(f"{stage.stage}: {stage.made} made, {stage.there} there before{acts}")

    def _tell(self, progress: Progress) -> None:
        done = progress.made + progress.there
        if done % EVERY == 0:
            self.stderr.write(f"{progress.stage} {done}")
