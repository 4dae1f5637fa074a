"""``keqiao programme list|export ID|load FILE|publish ID|offers``: the definitions in the database, as YAML, both
ways without loss; their publication; and what the public looks for, made again from them.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme.types import Programme
from keqiao.readers.definition import check_definition
from keqiao.readers.messages import say
from keqiao.web.accounts.queries import user_with_mail
from keqiao.web.parties.actions import (
    NewAssociation,
    NewOrganisation,
    found_association,
    register_organisation,
)
from keqiao.web.parties.queries import associations
from keqiao.web.programmes import actions, queries
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.refusals import Refused
from keqiao.writers.definition import to_yaml

COMMAND = "command"
SHORTEST_FULL_NAME = 3


class Command(BaseCommand):
    help = "List the definitions in the database, export, load or publish one, offer them again."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="id, state, address and title of every call")
        exporting = verbs.add_parser("export", help="the published definition, or else the draft, as YAML")
        exporting.add_argument("id", help="id of the definition, address or id of the call")
        loading = verbs.add_parser("load", help="load a definition as a draft")
        loading.add_argument("file", type=Path)
        loading.add_argument(
            "--association", default="", help="address of the association that issues the call"
        )
        publishing = verbs.add_parser(
            "publish", help="publish the draft of a call, in the name of an officer"
        )
        publishing.add_argument("id", help="id of the definition, address or id of the call")
        publishing.add_argument("--by", required=True, help="mail address of the officer who publishes")
        publishing.add_argument("--note", default="", help="why it is published in spite of warnings; public")
        verbs.add_parser("offers", help="make the rows of public search, statistics and calendars again")

    def handle(self, *_args: Any, verb: str, **options: Any) -> None:
        try:
            if verb == "list":
                self._list()
            elif verb == "export":
                self._export(options["id"])
            elif verb == "offers":
                self._offers()
            elif verb == "publish":
                self._publish(options["id"], options["by"], options["note"], timezone.now())
            else:
                self._load(options["file"], options["association"], timezone.now())
        except ValidationError as wrong:
            raise CommandError("; ".join(wrong.messages), returncode=2) from wrong
        except Refused as refused:
            raise CommandError("; ".join(say(f, "en") for f in refused.findings), returncode=1) from refused

    def _list(self) -> None:
        for call, identifier in queries.calls_with_ids():
            self.stdout.write(f"{identifier}\t{call.state}\t{call.slug or call.pk}\t{call.title}")

    @transaction.atomic
    def _offers(self) -> None:
        for call in queries.public_calls():
            self.stdout.write(f"{call.slug}\t{actions.offer_to_the_public(call)}")

    def _export(self, name: str) -> None:
        call = queries.call_named(name)
        values = queries.definition_in_force(call) if call else None
        if values is None:
            raise CommandError(
                f"{name}: no such definition. `keqiao programme list` shows all.", returncode=1
            )
        self.stdout.write(to_yaml(programme_of(values)), ending="")

    @transaction.atomic
    def _load(self, file: Path, slug: str, now: datetime) -> None:
        programme = self._programme(file)
        known = queries.call_named(programme.id)
        if known is None:
            call = actions.start_from_definition(
                _association(slug, programme, now), programme, actor=None, at=now
            )
            self.stdout.write(f"{programme.id}\tdraft\t{call.pk}")
            return
        if not _is_of(known.association, slug, programme):
            said = {
                "id": programme.id,
                "association": known.association.site_name,
                "slug": known.association.slug,
            }
            raise Refused(Finding("call.id_of_another", Weight.REFUSE, said))
        draft = actions.load_again(known, programme, at=now)
        self.stdout.write(f"{programme.id}\tdraft, version {draft.version}\t{known.pk}")

    @transaction.atomic
    def _publish(self, name: str, mail: str, note: str, now: datetime) -> None:
        call = queries.call_named(name)
        draft = queries.draft_of(call) if call else None
        if call is None or draft is None:
            raise CommandError(f"{name}: no such draft. `keqiao programme list` shows all.", returncode=1)
        officer = user_with_mail(mail)
        if officer is None:
            raise CommandError(f"{mail}: no account has this mail address.", returncode=2)
        revision = actions.publish(call.pk, draft.version, actor=officer, at=now, note=note)
        self.stdout.write(f"{draft.definition['id']}\trevision {revision.number}\t{revision.call.slug}")

    @staticmethod
    def _programme(file: Path) -> Programme:
        try:
            checked = check_definition(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as wrong:
            raise CommandError(f"{file}: {wrong}", returncode=2) from wrong
        if checked.programme is None or not checked.is_sound:
            faults = "\n".join(f"{file}:{fault.line}: {say(fault.finding, 'en')}" for fault in checked.faults)
            raise CommandError(faults, returncode=2)
        return checked.programme


def _association(slug: str, programme: Programme, now: datetime) -> Any:
    """Return the id of the association: the one that was named, the issuer (a new one if it is not known),
    or else the only one.
    """
    known = list(associations())
    names = ", ".join(association.slug for association in known)
    if slug:
        known = [association for association in known if association.slug == slug]
    elif name := _issuer(programme):
        same = {name, *programme.issuers}
        found = [a for a in known if same & {a.organisation.name, a.site_name}]
        return found[0].pk if found else _found(name, programme, now)
    if len(known) != 1:
        raise CommandError(f"Say whose call it is with --association ({names or 'none yet'}).", returncode=2)
    return known[0].pk


def _is_of(association: Any, slug: str, programme: Programme) -> bool:
    """Does a definition belong to ``association``: as the command line says, or else as its issuers do?"""
    if slug:
        return slug == association.slug
    name = _issuer(programme)
    return not name or bool(
        {name, *programme.issuers} & {association.organisation.name, association.site_name}
    )


def _issuer(programme: Programme) -> str:
    """The full name of the issuer; 市科协 alone does not say of which city."""
    named = next((name for name in programme.issuers if len(name) > SHORTEST_FULL_NAME), "")
    return named or (f"{programme.region}科学技术协会" if programme.region else "")


def _found(name: str, programme: Programme, now: datetime) -> Any:
    by: dict[str, Any] = {"actor": None, "role": COMMAND, "at": now}
    body = register_organisation(NewOrganisation(name[:120], "association"), **by)
    slug = slugify(programme.id.split("-")[0])[:40]
    return found_association(body, NewAssociation(slug, name[:60]), **by).pk
