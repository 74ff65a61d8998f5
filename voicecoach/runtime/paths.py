"""Where things are kept: the log, the settings, rendered speech and models."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import platformdirs

from voicecoach.errors import ConfigError

CHECKOUT = Path(__file__).resolve().parents[2]
"""The folder the package lies in: the repository where voicecoach runs from a checkout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """The directories of one user, absolute; none need exist.

    `model_dirs` is where models are looked for, in order; the first is where
    they are installed.
    """

    data: Path
    config: Path
    cache: Path
    model_dirs: tuple[Path, ...]

    @classmethod
    def of(
        cls,
        *,
        data: Path | None = None,
        config: Path | None = None,
        cache: Path | None = None,
        models: Path | None = None,
        environ: Mapping[str, str] = os.environ,
        checkout: Path = CHECKOUT,
    ) -> Self:
        """Return the directories: each as given, else from `environ`, else as the system has it.

        The variables are VOICECOACH_DATA_DIR, VOICECOACH_CONFIG_DIR,
        VOICECOACH_CACHE_DIR and VOICECOACH_MODELS_DIR. A models directory that
        is named is the only one. Otherwise models lie in the data directory,
        and those in the folder `models` of a checkout are found as well; there
        they are installed too.
        """
        system = platformdirs.PlatformDirs("voicecoach", appauthor=False)
        data_dir = _chosen(data, environ, "DATA") or system.user_data_path
        models_dir = _chosen(models, environ, "MODELS")
        return cls(
            data=data_dir,
            config=_chosen(config, environ, "CONFIG") or system.user_config_path,
            cache=_chosen(cache, environ, "CACHE") or system.user_cache_path,
            model_dirs=(
                (models_dir,) if models_dir else (*_checkout_models(checkout), data_dir / "models")
            ),
        )

    @property
    def models(self) -> Path:
        """Where a model is installed."""
        return self.model_dirs[0]

    @property
    def settings(self) -> Path:
        """The file of settings."""
        return self.config / "config.toml"

    @property
    def equipment(self) -> Path:
        """The file of what the lifter owns."""
        return self.config / "equipment.toml"

    @property
    def log(self) -> Path:
        """The training log's file."""
        return self.data / "training.sqlite3"

    @property
    def names(self) -> Path:
        """The file of names that the lifter settled: what each means in other apps' files."""
        return self.config / "names.toml"

    @property
    def voice(self) -> Path:
        """The file of what fits the lifter's voice."""
        return self.config / "voice.toml"

    @property
    def crashes(self) -> Path:
        """Where the journal of a session that failed is left."""
        return self.data / "crashes"

    @property
    def backups(self) -> Path:
        """Where copies of the log are kept."""
        return self.data / "backups"


def usable(directory: Path) -> Path:
    """Return `directory`, made for the owner only if it is not there.

    Raises:
        ConfigError: it cannot be made, or nothing can be written in it.
    """
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Rights alone do not tell: the disk may be read-only. So write.
        tempfile.TemporaryFile(dir=directory).close()
    except OSError as error:
        msg = f"the directory cannot be used: {error.strerror or error}"
        raise ConfigError(
            msg, place=str(directory), remedy="give yourself the right to write it, or name another"
        ) from error
    return directory


def _chosen(option: Path | None, environ: Mapping[str, str], what: str) -> Path | None:
    named = option or environ.get(f"VOICECOACH_{what}_DIR")  # one that is empty counts as not set
    return Path(named).expanduser().absolute() if named else None


def _checkout_models(checkout: Path) -> tuple[Path, ...]:
    folder = checkout / "models"
    return (folder,) if (folder / "manifest.toml").is_file() else ()
