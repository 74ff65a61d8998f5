"""The doctor: what a session by voice rests on, looked at piece by piece, each with its remedy."""

from __future__ import annotations

import math
import platform
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from importlib.metadata import PackageNotFoundError, version

from voicecoach import __version__
from voicecoach.audio.devices import Device, Direction, choose, list_devices, portaudio
from voicecoach.audio.sound_server import bluetooth_profiles
from voicecoach.audio.soundcheck import SoundCheck, check_sound
from voicecoach.errors import CalibrationError, DeviceError, LogError, VoicecoachError
from voicecoach.runtime import config, engines
from voicecoach.runtime.config import Settings
from voicecoach.runtime.enrolment.profile_file import read_profile
from voicecoach.runtime.paths import Paths, usable
from voicecoach.store.backup import backups, contents
from voicecoach.store.rescue import damage

PACKAGES = ("numpy", "sounddevice", "onnxruntime", "moonshine-voice", "vosk", "pyttsx3")

LOUD_DBFS = -40.0
"""A room louder than this makes words hard to make out."""

SOFT_LEAK_DB = -30.0
"""Above it the coach hears itself well enough to be taken for somebody."""

LONG_ROUND_TRIP_MS = 400.0
FAST_DRIFT_PPM = 1000.0
FULL_BYTES = 500_000_000


class Health(Enum):
    """How a thing is."""

    WELL = "ok"
    AILING = "warning"
    BROKEN = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What was found of one thing, what to do about it, and the figures behind it.

    `exit_code` is that of the error which whoever trained now would meet, 0
    where nothing is broken.
    """

    what: str
    health: Health
    finding: str
    remedy: str = ""
    figures: dict[str, float | int | str | None] = field(default_factory=dict)
    exit_code: int = 0


def examine(paths: Paths, settings: Settings, *, listen: bool = True) -> Iterator[Diagnosis]:
    """Look at everything, one after the other; without `listen` no sound is made or heard."""
    yield _versions()
    yield _settings(settings)
    yield _disk(paths)
    yield _guarded("log", lambda: _log(paths))
    yield _guarded("voice", lambda: _voice(paths, settings))
    yield _guarded("recogniser", lambda: _recogniser(paths, settings))
    yield _own_voice(paths)
    devices: dict[Direction, Device] = {}
    for direction, wanted in (
        (Direction.OUTPUT, settings[config.SPEAKER]),
        (Direction.INPUT, settings[config.MIC]),
    ):
        try:
            devices[direction] = choose(list_devices(), direction, wanted)
        except VoicecoachError as error:
            yield _broken(direction.value, error)
        else:
            yield _device(direction, devices[direction])
    yield _bluetooth(devices)
    if listen and len(devices) == len(Direction):
        speaker, microphone = devices[Direction.OUTPUT], devices[Direction.INPUT]
        try:
            yield from findings_of(check_sound(speaker, microphone), microphone.name)
        except VoicecoachError as error:
            yield _broken("sound", error)


def _versions() -> Diagnosis:
    figures: dict[str, float | int | str | None] = {
        "voicecoach": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
    }
    for package in PACKAGES:
        try:
            figures[package] = version(package)
        except PackageNotFoundError:
            figures[package] = None
    try:
        figures["portaudio"] = portaudio().get_portaudio_version()[1].partition(",")[0]
    except VoicecoachError:
        figures["portaudio"] = None
    finding = f"voicecoach {__version__}, Python {figures['python']}, {figures['system']}"
    return Diagnosis(what="versions", health=Health.WELL, finding=finding, figures=figures)


def _settings(settings: Settings) -> Diagnosis:
    if not settings.findings:
        return Diagnosis(what="settings", health=Health.WELL, finding="as they should be")
    first = settings.findings[0]
    return Diagnosis(
        what="settings",
        health=Health.AILING,
        finding=f"{first.place}: {first.problem}",
        remedy="voicecoach config edit",
        figures={"mistakes": len(settings.findings)},
    )


def _disk(paths: Paths) -> Diagnosis:
    try:
        free = shutil.disk_usage(usable(paths.data)).free
    except VoicecoachError as error:
        return _broken("disk", error)
    figures: dict[str, float | int | str | None] = {"free_bytes": free, "log": str(paths.log)}
    finding = f"{free / 1e9:.1f} GB free for {paths.log}"
    if free < FULL_BYTES:
        return Diagnosis(
            what="disk",
            health=Health.AILING,
            finding=finding,
            remedy="make room: what cannot be written is not logged",
            figures=figures,
        )
    return Diagnosis(what="disk", health=Health.WELL, finding=finding, figures=figures)


def _log(paths: Paths) -> Diagnosis:
    if not paths.log.is_file():
        return Diagnosis(what="log", health=Health.WELL, finding="nothing is logged yet")
    wrong = damage(paths.log)
    copies = backups(paths.backups)
    if wrong:
        return Diagnosis(
            what="log",
            health=Health.BROKEN,
            finding=f"the log is damaged: {wrong[0]}",
            remedy="read what can be read of it with: voicecoach restore --rescue",
            figures={"complaints": len(wrong), "backups": len(copies)},
            exit_code=LogError.exit_code,
        )
    inside = contents(paths.log)
    figures: dict[str, float | int | str | None] = {
        "sets": inside.sets,
        "sessions": inside.sessions,
        "backups": len(copies),
    }
    finding = f"whole, {inside.sets:,} sets in {inside.sessions:,} sessions, {len(copies)} copies"
    return Diagnosis(what="log", health=Health.WELL, finding=finding, figures=figures)


def _voice(paths: Paths, settings: Settings) -> Diagnosis:
    voice = engines.coach_voice(paths, settings)(settings[config.RATE])
    begun = time.perf_counter()
    clip = voice.render("Say ready.")
    ms = (time.perf_counter() - begun) * 1000
    return Diagnosis(
        what="voice",
        health=Health.WELL,
        finding=f"{voice.name}, {clip.ms} ms of it ready in {ms:.0f} ms",
        figures={"name": voice.name, "render_ms": round(ms, 1)},
    )


def _recogniser(paths: Paths, settings: Settings) -> Diagnosis:
    begun = time.perf_counter()
    ear = engines.recogniser(paths, settings[config.RECOGNISER])
    ms = (time.perf_counter() - begun) * 1000
    alone = " and nothing that verifies it" if ear.name == "vosk" else ""
    return Diagnosis(
        what="recogniser",
        health=Health.WELL,
        finding=f"{ear.description}{alone}, ready in {ms:.0f} ms",
        figures={"name": ear.name, "description": ear.description, "start_ms": round(ms, 1)},
    )


def _own_voice(paths: Paths) -> Diagnosis:
    try:
        profile = read_profile(paths.voice)
    except CalibrationError as error:
        return Diagnosis(
            what="own voice",
            health=Health.AILING,
            finding=f"{error.place}: {error.problem}",
            remedy=error.remedy,
        )
    if profile is None:
        finding = "not fitted to; `voicecoach calibrate` tries what that gains"
        return Diagnosis(what="own voice", health=Health.WELL, finding=finding)
    before, after = profile.before, profile.after
    return Diagnosis(
        what="own voice",
        health=Health.WELL,
        finding=f"fitted to on {profile.made_at:%Y-%m-%d}: of {after.total} words"
        f" {after.understood} understood, {before.understood} without",
        figures={"words": after.total, "understood": after.understood, "before": before.understood},
    )


def _device(direction: Direction, device: Device) -> Diagnosis:
    figures: dict[str, float | int | str | None] = {
        "name": device.name,
        "host": device.host,
        "rate": device.rate,
    }
    spoilt = direction is Direction.INPUT and device.bluetooth
    return Diagnosis(
        what=direction.value,
        health=Health.AILING if spoilt else Health.WELL,
        finding=f"{device.name}, {device.rate / 1000:g} kHz, {device.host}",
        remedy="take the computer's own or a wired microphone: voicecoach config set mic NAME"
        if spoilt
        else "",
        figures=figures,
    )


def _bluetooth(devices: dict[Direction, Device]) -> Diagnosis:
    profiles = bluetooth_profiles()
    if profiles is None:
        named = [device.name for device in devices.values() if device.bluetooth]
        finding = (
            f"{', '.join(named)} by its name; the profile is not told here"
            if named
            else "no device that names itself so"
        )
        return Diagnosis(what="bluetooth", health=Health.WELL, finding=finding)
    calls = [name for name, profile in profiles.items() if is_call_profile(profile)]
    finding = ", ".join(f"{name}: {profile}" for name, profile in profiles.items()) or "none"
    figures: dict[str, float | int | str | None] = dict(profiles)
    if calls:
        return Diagnosis(
            what="bluetooth",
            health=Health.AILING,
            finding=f"{finding}: the sound of a telephone",
            remedy="choose the profile for music (A2DP), and another microphone",
            figures=figures,
        )
    return Diagnosis(what="bluetooth", health=Health.WELL, finding=finding, figures=figures)


def is_call_profile(profile: str) -> bool:
    """Return whether a Bluetooth profile is one for calls: HFP or HSP."""
    name = profile.lower()
    return any(word in name for word in ("headset", "handsfree", "hfp", "hsp"))


def findings_of(check: SoundCheck, microphone: str) -> Iterator[Diagnosis]:
    """Return what a sound check tells: level, delay, leak and clocks."""
    if check.noise_dbfs == -math.inf:
        yield Diagnosis(
            what="level",
            health=Health.BROKEN,
            finding=f"{microphone} gives nothing at all",
            remedy="is it muted, or may this program not use it? or name another: "
            "voicecoach config set mic NAME",
            figures={"noise_dbfs": None},
            exit_code=DeviceError.exit_code,
        )
    else:
        loud = check.noise_dbfs > LOUD_DBFS
        yield Diagnosis(
            what="level",
            health=Health.AILING if loud else Health.WELL,
            finding=f"the room is at {check.noise_dbfs:.0f} dBFS",
            remedy="bring the microphone nearer, or turn it down" if loud else "",
            figures={"noise_dbfs": round(check.noise_dbfs, 1)},
        )
    yield _delay(check)
    leaks = check.leak_db is not None and check.leak_db > SOFT_LEAK_DB
    yield Diagnosis(
        what="leak",
        health=Health.AILING if leaks else Health.WELL,
        finding="the microphone does not hear the coach"
        if check.leak_db is None
        else f"the microphone hears the coach at {check.leak_db:.0f} dB",
        remedy="use earbuds, or turn the coach down: voicecoach config set volume -6"
        if leaks
        else "",
        figures={"leak_db": _rounded(check.leak_db)},
    )
    fastest = max(abs(check.speaker_drift_ppm), abs(check.microphone_drift_ppm))
    yield Diagnosis(
        what="clocks",
        health=Health.AILING if fastest > FAST_DRIFT_PPM else Health.WELL,
        finding=f"speaker {check.speaker_drift_ppm:+.0f} ppm, "
        f"microphone {check.microphone_drift_ppm:+.0f} ppm",
        remedy="close what else is busy, and look again" if fastest > FAST_DRIFT_PPM else "",
        figures={
            "speaker_ppm": round(check.speaker_drift_ppm, 1),
            "microphone_ppm": round(check.microphone_drift_ppm, 1),
        },
    )


def _delay(check: SoundCheck) -> Diagnosis:
    gaps = check.underflows + check.overflows
    slow = check.round_trip_ms is not None and check.round_trip_ms > LONG_ROUND_TRIP_MS
    finding = f"{check.output_ms:.0f} ms to the speaker"
    if check.round_trip_ms is not None:
        finding += f", {check.round_trip_ms:.0f} ms there and back"
    if gaps:
        finding += f", {gaps} gaps"
    remedy = ""
    if gaps:
        remedy = "voicecoach config set buffer 100"
    elif slow:
        remedy = "wired earbuds answer sooner; the count itself stays even"
    return Diagnosis(
        what="latency",
        health=Health.AILING if remedy else Health.WELL,
        finding=finding,
        remedy=remedy,
        figures={
            "output_ms": round(check.output_ms, 1),
            "round_trip_ms": _rounded(check.round_trip_ms),
            "gaps": gaps,
        },
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _guarded(what: str, look: Callable[[], Diagnosis]) -> Diagnosis:
    try:
        return look()
    except VoicecoachError as error:
        return _broken(what, error)


def _broken(what: str, error: VoicecoachError) -> Diagnosis:
    finding = f"{error.place}: {error.problem}" if error.place else error.problem
    return Diagnosis(
        what=what,
        health=Health.BROKEN,
        finding=finding,
        remedy=error.remedy,
        exit_code=error.exit_code,
    )
