"""`voicecoach calibrate`: the ears fitted to the lifter's own voice."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from voicecoach.cli.settings import setting_options, settings_for
from voicecoach.cli.talk_options import keeping
from voicecoach.runtime import config
from voicecoach.runtime.paths import Paths

if TYPE_CHECKING:
    from voicecoach.audio.ports import Recogniser
    from voicecoach.audio.recognisers.moonshine import MoonshineRecogniser
    from voicecoach.runtime.config import Settings
    from voicecoach.runtime.enrolment.account import Account
    from voicecoach.runtime.enrolment.profile_file import Profile
    from voicecoach.runtime.enrolment.takes import Take

SCHEMA = "voicecoach.calibration/1"
EARS = "moonshine"
"""The recogniser that can be fitted to a voice, whichever listens first in a session."""

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option(
    "--from",
    "folder",
    type=_FOLDER,
    metavar="DIR",
    help="Learn from recordings with a manifest.jsonl, such as --record keeps.",
)
@click.option("--whose", metavar="NAME", default="", help="Of these recordings, this voice's.")
@click.option(
    "--record",
    type=_FOLDER,
    metavar="DIR",
    help="Keep the sound of what you say in this folder, to learn from it anew.",
)
@click.option("--show", is_flag=True, help="Tell what was found, and change nothing.")
@click.option("--forget", is_flag=True, help="Take away what was found.")
@click.option("--json", "as_json", is_flag=True, help=f"Print {SCHEMA} on stdout.")
@click.option("--text", is_flag=True, hidden=True)
@setting_options(
    config.MIC,
    config.SPEAKER,
    config.VOICE,
    config.RATE,
    config.PITCH,
    config.VOLUME,
    config.BUFFER,
)
@click.pass_obj
def calibrate(
    paths: Paths,
    /,
    folder: Path | None,
    whose: str,
    record: Path | None,
    show: bool,
    forget: bool,
    as_json: bool,
    text: bool,
    **options: Any,
) -> None:
    """Fit the ears to your own voice.

    The coach asks for twelve words, twice each, in about two minutes. What it
    learns from one half is tried on the other, in quiet and in noise, and kept
    only if more is understood for it. Ctrl-C leaves everything as it was.

    You need not do this: it is for voices that the coach mishears. What is
    kept are numbers and no sound; `start` and `log` use them from then on.
    """
    if text:
        msg = "to fit the ears your voice is needed, and with --text there is none"
        raise click.UsageError(msg)
    if sum((show, forget, folder is not None)) > 1 or (record and (show or forget or folder)):
        msg = "--from, --record, --show and --forget do not go together"
        raise click.UsageError(msg)
    if whose and folder is None:
        msg = "--whose names one of the voices in the recordings of --from"
        raise click.UsageError(msg)
    # All of it is slow to import, and not for --help.
    from voicecoach.runtime.enrolment import profile_file  # noqa: PLC0415

    if forget:
        there = profile_file.forget_profile(paths.voice)
        click.echo("I listen as to anybody again." if there else "There is nothing to forget.")
        return
    if show:
        _tell(profile_file.read_profile(paths.voice), as_json=as_json)
        return
    settings = settings_for(paths, {**options, config.RECOGNISER.name: EARS})
    if folder is None:
        takes, recogniser = _recorded(paths, settings, record)
    else:
        from voicecoach.runtime import engines  # noqa: PLC0415
        from voicecoach.runtime.enrolment.takes import recorded_takes  # noqa: PLC0415

        click.echo("Hearing the recordings.", err=True)
        recogniser = _ears(engines.recogniser(paths, EARS))
        takes = recorded_takes(folder, recogniser, whose)
    _learn(takes, recogniser, paths.voice, as_json=as_json)


def _recorded(
    paths: Paths, settings: Settings, record: Path | None
) -> tuple[tuple[Take, ...], MoonshineRecogniser]:
    """Ask for the words on the devices of `settings`; return them with the ears that heard them."""
    from voicecoach.runtime.enrolment import recording  # noqa: PLC0415
    from voicecoach.runtime.enrolment.live_booth import LiveBooth  # noqa: PLC0415
    from voicecoach.runtime.live_session import find_rig  # noqa: PLC0415

    rig = find_rig(paths, settings)
    recogniser = _ears(rig.recogniser())
    click.echo(rig.description)
    keep = None if record is None else keeping(record)
    with LiveBooth(rig, recogniser, click.echo) as booth:
        booth.prepare(recording.lines())
        said = recording.record(booth, lambda line: click.echo(f"  {line}"))
    if keep is not None:
        recording.keep_all(said, keep)
    return said.takes, recogniser


def _ears(recogniser: Recogniser) -> MoonshineRecogniser:
    """Return moonshine as what it is: the one recogniser that can be fitted to a voice."""
    return cast("MoonshineRecogniser", recogniser)


def _learn(
    takes: tuple[Take, ...], recogniser: MoonshineRecogniser, file: Path, *, as_json: bool
) -> None:
    """Find what fits the voice of `takes`, keep it where it helps, and tell."""
    from voicecoach.runtime.enrolment.fitting import calibrated  # noqa: PLC0415
    from voicecoach.runtime.enrolment.profile_file import Profile, write_profile  # noqa: PLC0415

    with _progress() as passed:
        found = calibrated(takes, recogniser, passed)
    if found.voice is None:
        if as_json:
            _print_json(None, found.before, found.after)
            return
        click.echo(_table(found.before, found.after))
        click.echo(
            "That is no better, so nothing is changed."
            if found.before.understood < found.before.total
            else "You are understood as it is, so nothing is changed."
        )
        return
    profile = Profile(
        voice=found.voice,
        made_at=datetime.now().astimezone(),
        before=found.before,
        after=found.after,
    )
    write_profile(file, profile)
    _tell(profile, as_json=as_json)
    if not as_json:
        click.echo(f"Kept in {file}; `voicecoach calibrate --forget` takes it away.")


def _tell(profile: Profile | None, *, as_json: bool) -> None:
    """Print what was found."""
    if as_json:
        before, after = (profile.before, profile.after) if profile else (None, None)
        _print_json(profile, before, after)
    elif profile is None:
        click.echo("Nothing is fitted to your voice. Try it: voicecoach calibrate")
    else:
        click.echo(_table(profile.before, profile.after))
        for word, phones in profile.voice.pronunciations:
            click.echo(f"You say {word} as {' '.join(phones)}.")
        click.echo(f"Found on {profile.made_at:%Y-%m-%d %H:%M}.")


def _table(before: Account, after: Account) -> str:
    """Return both accounts in columns."""
    from voicecoach.runtime.enrolment.takes import NOISE_DB  # noqa: PLC0415

    columns = list(before.as_dict())
    rows = [("", *columns)]
    rows += [
        (name, *map(str, account.as_dict().values()))
        for name, account in (("as anybody", before), ("as you", after))
    ]
    widths = [max(len(row[at]) for row in rows) for at in range(len(columns) + 1)]
    lines = [
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    ]
    lines.append(
        f"Of {after.total}: each half of the words twice, in quiet and in noise {NOISE_DB:.0f} dB"
        " under it, fitted to the other half."
    )
    return "\n".join(lines)


def _print_json(profile: Profile | None, before: Account | None, after: Account | None) -> None:
    kept = profile and {
        "made": profile.made_at.isoformat(timespec="seconds"),
        "network": profile.voice.network,
        "lean": profile.voice.lean,
        "pronounced": {word: " ".join(phones) for word, phones in profile.voice.pronunciations},
        "shift_rms": round(profile.voice.shift_rms, 4),
    }
    answer = {
        "schema": SCHEMA,
        "before": before and before.as_dict(),
        "after": after and after.as_dict(),
        "profile": kept,
    }
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


@contextmanager
def _progress() -> Iterator[Callable[[], None]]:
    """Show how far the work has come, on a terminal's stderr."""
    from voicecoach.runtime.enrolment.fitting import STAGES  # noqa: PLC0415

    with click.progressbar(
        length=STAGES, label="Learning", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        yield lambda: bar.update(1)
