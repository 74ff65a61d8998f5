"""`voicecoach bench`: how well the coach hears, and how soon it answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from voicecoach.runtime.paths import Paths

if TYPE_CHECKING:
    from voicecoach.runtime.bench.hearing import Bench, Snr, Trial

DEFAULT_ATHLETE = "en-gb"
_FILE = click.Path(dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


class Levels(click.ParamType[tuple["Snr", ...]]):
    """Levels of noise: decibels of speech over noise, or `clean`, with commas between."""

    name = "levels"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Snr, ...]:
        """Return them as numbers, None for a quiet room."""
        if isinstance(value, tuple):
            return value
        levels: list[float | None] = []
        for part in str(value).split(","):
            try:
                level = None if part.strip() == "clean" else float(part)
            except ValueError:
                level = float("nan")
            if level is not None and not -30 <= level <= 60:
                self.fail(
                    f"{part!r} is no level: write clean, or decibels from -30 to 60", param, ctx
                )
            levels.append(level)
        return tuple(dict.fromkeys(levels))


recognisers_option = click.option(
    "--recogniser",
    "recognisers",
    metavar="NAME",
    multiple=True,
    help="An ear to measure; may be repeated. By default the one that sessions use.",
)


@click.group()
def bench() -> None:
    """Measure how well the coach hears, and how soon it answers."""


@bench.command()
@click.option("--corpus", type=_FOLDER, required=True, help="A folder with manifest.jsonl in it.")
@click.option(
    "--snr",
    "snrs",
    type=Levels(),
    default="clean,10,5",
    show_default=True,
    help="Levels of noise: clean, or decibels of speech over noise.",
)
@click.option(
    "--noise",
    "noises",
    type=_FILE,
    multiple=True,
    help="A noise in place of the corpus's own; may be repeated, each recording gets one in turn.",
)
@recognisers_option
@click.option(
    "--state",
    type=click.Choice(["any", "auto"]),
    default="auto",
    show_default=True,
    help="What is legal: everything, or what is in the state each recording belongs to.",
)
@click.option("--limit", type=click.IntRange(1), help="Commands at each level, always the same.")
@click.option("--voices", metavar="NAMES", default="", help="Only these voices, commas between.")
@click.option(
    "--profile",
    type=_FILE,
    help="Listen to the voice that this file fits; see `voicecoach calibrate`.",
)
@click.option("--save", type=_FILE, help="Keep the report in this file.")
@click.option("--against", type=_FILE, help="Show what changed since a report that was kept.")
@click.option("--details", type=_FILE, help="Write what was heard of each recording, a line each.")
@click.option("--json", "as_json", is_flag=True, help="Print voicecoach.hearing/1 on stdout.")
@click.pass_obj
def hearing(
    paths: Paths,
    corpus: Path,
    snrs: tuple[Snr, ...],
    noises: tuple[Path, ...],
    recognisers: tuple[str, ...],
    state: str,
    limit: int | None,
    voices: str,
    profile: Path | None,
    save: Path | None,
    against: Path | None,
    details: Path | None,
    as_json: bool,
) -> None:
    """Hear a corpus of recordings as a session would, and count what was understood.

    Nothing is tuned or kept: the same corpus gives the same figures, but for the times.
    """
    # All of it is slow to import, and not for --help.
    from voicecoach.report import hearing as page  # noqa: PLC0415
    from voicecoach.runtime import engines  # noqa: PLC0415
    from voicecoach.runtime.bench import account  # noqa: PLC0415
    from voicecoach.runtime.bench.corpus import read_corpus  # noqa: PLC0415
    from voicecoach.runtime.bench.hearing import Bench, Plan  # noqa: PLC0415
    from voicecoach.runtime.bench.moments import Legal  # noqa: PLC0415
    from voicecoach.runtime.enrolment.profile_file import named_profile  # noqa: PLC0415

    own_voice = None if profile is None else named_profile(profile).voice
    before = account.saved(against) if against is not None else None
    plan = Plan(
        legal=Legal(state),
        snrs=snrs,
        noises=noises,
        voices=frozenset(filter(None, map(str.strip, voices.split(",")))),
        limit=limit,
    )
    work = Bench(read_corpus(corpus), plan)
    for recording in work.senseless:
        click.echo(f"{recording.path}: {recording.text!r} says nothing to the coach", err=True)
    ears = [engines.recogniser(paths, name, own_voice) for name in recognisers or (None,)]
    trials: list[Trial] = []
    with _written(details) as file, _progress(work, len(ears)) as passed:
        for ear in ears:
            for trial in work.run(ear):
                trials.append(trial)
                passed()
                if file is not None:
                    line = json.dumps(account.details(trial), ensure_ascii=False)
                    file.write(line + "\n")
    report = account.account(trials, plan.legal, {ear.name: ear.description for ear in ears})
    text = json.dumps(report, indent=2)
    if save is not None:
        with _written(save) as file:
            assert file is not None  # noqa: S101  # a path was given
            file.write(text + "\n")
    if as_json:
        click.echo(text)
        return
    click.echo(page.figures(report, before))


@bench.command()
@recognisers_option
@click.option("--voice", help="The voice that says the commands; see `voicecoach voices`.")
@click.option("--times", type=click.IntRange(1, 100), default=5, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print voicecoach.latency/1 on stdout.")
@click.pass_obj
def latency(
    paths: Paths, recognisers: tuple[str, ...], voice: str | None, times: int, as_json: bool
) -> None:
    """Measure the time from the end of a command to the reaction, on this machine.

    The system's own voice says a dozen commands; no corpus is needed.
    """
    from voicecoach.report import latency as page  # noqa: PLC0415  # slow, and not for --help
    from voicecoach.runtime import engines  # noqa: PLC0415
    from voicecoach.runtime.bench import latency as measure  # noqa: PLC0415

    speaker = engines.athlete_voice(paths, voice or DEFAULT_ATHLETE)
    found = [
        reaction
        for name in recognisers or (None,)
        for reaction in measure.reactions(engines.recogniser(paths, name), speaker, times)
    ]
    report = measure.account(found, speaker.name)
    click.echo(json.dumps(report, indent=2) if as_json else page.figures(report))


@contextmanager
def _written(path: Path | None) -> Iterator[TextIO | None]:
    """Open a file to be written, where one is named."""
    if path is None:
        yield None
        return
    try:
        file = path.open("w", encoding="utf-8")
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror or error}"
        raise click.BadParameter(msg) from error
    with file:
        yield file


@contextmanager
def _progress(work: Bench, ears: int) -> Iterator[Any]:
    """Show how far the work has come, on a terminal's stderr."""
    import sys  # noqa: PLC0415

    with click.progressbar(
        length=len(work) * ears, label="Listening", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        yield lambda: bar.update(1)
