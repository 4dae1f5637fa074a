"""``keqiao season``: draw units, their people, registers and applications, and play them in a demonstration."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from keqiao.web.parties.queries import associations, local_day
from keqiao.web.season.drawing import draw_world
from keqiao.web.season.numbers import SEEDS
from keqiao.web.season.playing import Progress, RealInstallation, play
from keqiao.web.season.vocabulary import grounds
from keqiao.web.season.world import Size

EVERY = 25  # pieces between two lines of progress


class Command(BaseCommand):
    help = "Fill a demonstration with generated units that apply. Never touches real installations."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        playing = verbs.add_parser(
            "play", help="draw a world and bring it in; again: goes on where it stopped"
        )
        playing.add_argument("association", choices=sorted(grounds()))
        playing.add_argument("--units", type=int, default=200)
        playing.add_argument("--applications", type=int, default=20, help="how many of the units apply")
        playing.add_argument(
            "--seed",
            type=int,
            default=0,
            choices=range(SEEDS),
            metavar=f"0..{SEEDS - 1}",
            help="the same seed draws the same world on a day",
        )

    def handle(
        self, *_args: Any, association: str, units: int, applications: int, seed: int, **_options: Any
    ) -> None:
        now = timezone.now()
        found = associations().filter(slug=association).first()
        if found is None:
            raise CommandError(
                f"{association}: there is no such association here; start the demonstration first."
            )
        world = draw_world(
            grounds()[association], Size(units, applications=applications), day=local_day(now), seed=seed
        )
        try:
            stages = play(world, found, at=now, report=self._tell)
        except RealInstallation as refused:
            raise CommandError(str(refused)) from refused
        for stage in stages:
            self.stdout.write(f"{stage.stage}: {stage.made} made, {stage.there} there before")

    def _tell(self, progress: Progress) -> None:
        done = progress.made + progress.there
        if done % EVERY == 0:
            self.stderr.write(f"{progress.stage} {done}")
