"""The ``counterclaim`` command. What a command needs is imported when it runs: help is instant."""

import sys
from pathlib import Path

import click

from api.commands.keys import keys
from api.commands.open_ledger import given_settings, migrated
from api.commands.progress import bar
from api.configuration.hosts import is_loopback
from api.logger import Logger

log = Logger(__name__)

_FILE = click.Path(exists=True, allow_dash=True, path_type=Path)


@click.group(epilog="Settings come from the environment; each variable begins with COUNTERCLAIM_.")
@click.version_option(package_name="counterclaim")
def main() -> None:
    """Counterclaim: who said what, when and where, and where statements contradict."""


@main.command()
def serve() -> None:
    """Serve the ledger over HTTP, creating or migrating it first."""
    from api.contradictions import ModelUnusable, second_opinion
    from api.ledger.storage.database import disconnect
    from api.logs import configure
    from api.server.metrics_directory import counting_together
    from api.services.admin.keys import any_made
    from api.services.proof.signing import KeyUnusable, key_file, signer
    from api.settings import PREFIX

    settings = given_settings()
    configure(settings.log_level, settings.log_format)
    migrated(settings)
    try:
        second_opinion(settings.nli_model)
    except ModelUnusable as error:
        raise click.ClickException(str(error)) from error
    if settings.signing_key:
        # Else it is made when a head is asked for first, and told then that it cannot be.
        try:
            signer(key_file(settings))
        except KeyUnusable as error:
            raise click.ClickException(str(error)) from error
    if settings.rate_limit and settings.workers > 1 and not settings.rate_storage:
        raise click.ClickException(
            f"{settings.workers} workers count requests together only in a store of their own: set "
            f"{PREFIX}RATE_STORAGE=redis://HOST:PORT, or {PREFIX}WORKERS=1."
        )
    if not any_made():
        writer = "nobody writes"
        if is_loopback(settings.host):
            writer = (
                "and the door is open to writes from loopback: of every program on this machine, "
                "and of a proxy here that does not say whom it speaks for"
            )
        log.warning(
            f"No key was made: who reaches {settings.host} reads, {writer}. "
            "Make one: counterclaim keys create --name NAME --scope write"
        )
    if not settings.hosts and (settings.proxies or not is_loopback(settings.host)):
        log.warning(
            f"{PREFIX}HOSTS is not set: requests are answered that name loopback or "
            f"{settings.host}, and others are refused (421)"
        )
    # A connection must not be carried over into forked workers.
    disconnect()
    with counting_together():
        from api.server.serve import serve as run

        run(settings)


@main.command()
def config() -> None:
    """Show what is in force: each setting, whether it was set, passwords left out."""
    from api.settings import variable_of

    settings = given_settings()
    told = settings.in_force()
    widest = max(map(len, told))
    set_here = {variable_of(name) for name in settings.model_fields_set}
    for variable, value in told.items():
        how = "set" if variable in set_here else "default"
        click.echo(f"{variable:<{widest}}  {how:<7}  {value or 'none'}")


@main.command()
def migrate() -> None:
    """Create the ledger, or bring it up to this release."""
    ran = migrated(given_settings())
    click.echo(f"Migrated: {', '.join(ran)}." if ran else "Nothing to migrate.")


@main.command()
def seed() -> None:
    """Load the seeds that come with Counterclaim; twice changes nothing."""
    from api.services.admin.seed import load_seeds

    migrated(given_settings())
    new, known = load_seeds()
    click.echo(f"Seeds: {new} recorded, {known} there already.")


@main.command()
def recheck() -> None:
    """Run this release's engine over the whole ledger; what was reviewed stays as it is.

    Stopped, it goes on where it was when it is run again.
    """
    from api.services.contradictions import recheck as service

    migrated(given_settings())
    with bar("Rechecking", service.outstanding()) as progress:
        for done in service.recheck():
            progress.update(done)


@main.command("import")
@click.argument("file", required=False, type=_FILE)
@click.option("--atomic", is_flag=True, help="Store all lines of FILE, or none.")
@click.option("--format", "form", type=click.Choice(["ndjson", "csv"]), help="Of FILE.")
@click.option(
    "--articles",
    metavar="PATH",
    type=_FILE,
    help="A file or a folder of articles; - reads JSON lines from standard input.",
)
@click.option("--ledger", metavar="FILE", type=_FILE, help="An export, into an empty ledger.")
@click.option("--publisher", help="Who published the articles.")
@click.option("--published-on", help="When, as 2026-03-05 or another EDTF date.")
@click.option("--language", help="In which language, as en-GB.")
@click.option("--processes", type=click.IntRange(1), help="Readers at once; one a core by default.")
@click.option("--dry-run", is_flag=True, help="Tell what would become of it, and store nothing.")
def import_(
    file: Path | None,
    atomic: bool,
    dry_run: bool,
    form: str | None,
    articles: Path | None,
    ledger: Path | None,
    processes: int | None,
    **told: str | None,
) -> None:
    """Import statements from FILE, articles, or a whole ledger.

    FILE holds a statement a line: the body of POST /v1/statements, as NDJSON; or a row, as CSV
    whose first row names the columns, those of the list of statements. - is standard input. The
    external_id of a line makes it the same statement the next time, as for POST
    /v1/statements/import. What is refused is told on standard error with its line. Readers are
    processes, each with a language model of its own; the outcome does not depend on their number.

    Of articles, .txt, .html and .htm are one each, .jsonl and .ndjson have one a line: the body of
    POST /v1/articles. A text's first line is its title; what a page says of itself gives way to
    the options. Each article is told in a line of JSON: what became of its statements, or the
    problem.

    A ledger is what counterclaim export gave. It is taken whole or not at all, its ids, times and
    history as they were, and what was derived from it is made anew.

    A dry run tells the same, and nothing is stored; what two lines or articles share is told as new
    for each, unless --atomic tries all lines of FILE together.

    What was imported before is unchanged, so that an import that was stopped goes on when it is
    run again. The exit status is 1 when something was refused, or the import stopped; 2 for a
    wrong call.
    """
    known = {name: value for name, value in told.items() if value is not None}
    if [file, articles, ledger].count(None) != 2:
        raise click.UsageError("Name one of a FILE of statements, --articles and --ledger.")
    if articles is None and known:
        raise click.UsageError("Publisher, date and language are those of --articles.")
    if ledger is not None and processes:
        raise click.UsageError("--processes read statements or articles, not a ledger.")
    if file is None and (atomic or form):
        raise click.UsageError("--atomic and --format are for a FILE of statements.")
    settings = given_settings()
    migrated(settings)
    refused = 0
    if ledger is not None:
        from api.commands.ledger_files import import_ledger

        import_ledger(ledger, dry_run)
    elif file is not None:
        from api.commands.import_statements import run as import_statements

        refused = import_statements(file, form, atomic, settings, processes, dry_run)
    elif articles is not None:
        from api.commands.import_articles import run as import_articles

        refused = import_articles(articles, known, settings, processes, dry_run)
    if refused:
        sys.exit(1)


@main.command()
@click.argument(
    "file", default="-", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path)
)
def export(file: Path) -> None:
    """Export the whole ledger to FILE, or standard output, as NDJSON.

    Everything is in it but keys and other secrets, answers kept for callers, and what can be made
    anew; counterclaim import --ledger takes it into an empty ledger. The same ledger gives the same
    bytes. It is exported as it is at one moment, while others may go on writing.
    """
    from api.commands.ledger_files import give

    migrated(given_settings())
    give(file)


@main.command()
@click.option(
    "--head",
    metavar="FILE",
    type=_FILE,
    help="A head that was kept: what GET /v1/ledger/head gave, or its checkpoint.",
)
@click.option("--deep", is_flag=True, help="Read each text again, which takes far longer.")
def verify(head: Path | None, deep: bool) -> None:
    """Check the whole ledger: history, chain and tree, and every table against them.

    Each place that is not as it was committed is named by its table, row and column, and the exit
    status is 1 then. What is no part of it: see docs/proof.md.
    """
    from api.commands.verify import check

    settings = given_settings()
    migrated(settings)
    check(head, deep)


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the ledger to FILE, while others may go on writing, and check the copy.

    FILE is the ledger as it is at one moment, keys and secrets included; it is there whole or not
    at all, and an old one is never written over. Its pages and its whole history are checked.
    """
    from api.commands.backup import back_up

    back_up(given_settings(), file)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Give up the ledger that is there.")
def restore(file: Path, replace: bool) -> None:
    """Make a backup, FILE, the ledger, once its pages and its whole history were checked.

    Refused while something works on the ledger, and when there is one, unless it is given up. It
    is brought up to this release.
    """
    from api.commands.backup import restore as run

    run(given_settings(), file, replace)


@main.command()
@click.option(
    "--to", "target", metavar="URL", required=True, help="The address of an empty ledger."
)
def copy(target: str) -> None:
    """Copy the ledger into an empty one, which may be in another kind of database.

    All goes along: ids, times, history, reviews, keys and other secrets. It is there whole, its
    history checked, or not at all. Stop the server first: what is written meanwhile stays behind.
    """
    from api.commands.copy import copy as run

    settings = given_settings()
    migrated(settings)
    run(settings, target)


@main.command()
@click.argument("statement", type=click.IntRange(1))
@click.option("--reason", required=True, help="Why; it stays in the history.")
def redact(statement: int, reason: str) -> None:
    """Take the words of a STATEMENT out of the ledger for good: rows, history, index, answers.

    The statement stays, retracted and without its words. Backups and exports that were made before
    are for you to delete.
    """
    from api.services.common.errors import ServiceError
    from api.services.statements.redact import redact as run

    migrated(given_settings())
    try:
        run(statement, reason, None)
    except ServiceError as refusal:
        raise click.ClickException(refusal.detail) from refusal
    click.echo(f"The words of statement {statement} are gone.")


@main.command()
@click.option("--once", is_flag=True, help="Stop when nothing is due any more.")
def deliver(once: bool) -> None:
    """Tell webhooks of what changed, until stopped; several may run at once.

    What fails is repeated after a while, and set aside in the end: GET /v1/webhooks/ID/deliveries.
    """
    from api.commands.deliver import run
    from api.logs import configure

    settings = given_settings()
    configure(settings.log_level, settings.log_format)
    migrated(settings)
    click.echo(f"{run(settings, once)} notices sent.")


main.add_command(keys)


@main.group()
def report() -> None:
    """What the ledger says of itself."""


@report.command()
def precision() -> None:
    """How often reviewers confirmed what the engine raised, and why they dismissed the rest."""
    from api.services.contradictions.precision import precision as measured

    migrated(given_settings())
    for grouping, groups in measured().items():
        click.echo(
            f"{grouping:<22}{'precision':>10}{'confirmed':>11}{'dismissed':>11}  dismissed as"
        )
        for name, group in sorted(groups.items()):
            reasons = ", ".join(f"{reason} {n}" for reason, n in group.reasons.most_common())
            click.echo(
                f"  {name:<20}{group.precision:>10.2f}{group.confirmed:>11}{group.dismissed:>11}"
                f"  {reasons}"
            )


if __name__ == "__main__":
    sys.exit(main())
