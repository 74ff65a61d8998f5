"""Audits scripts/requirements.lock with pip-audit. Called by scripts/audit."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).with_name("requirements.lock")
PATIENCE_S = 120


def main() -> int:
    """Print what is known; return 1 where a dependency is vulnerable."""
    command = [sys.executable, "-m", "pip_audit", "--format=json", "--progress-spinner=off"]
    command += ["--disable-pip", "--require-hashes", f"--requirement={LOCK}"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=PATIENCE_S
        )
        packages = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        print("audit: the advisories cannot be reached; nothing was looked up")
        return 0
    found = [
        f"{package['name']} {package['version']}: {problem['id']}, mended in "
        f"{', '.join(problem['fix_versions']) or 'no version yet'}"
        for package in packages
        for problem in package.get("vulns", ())
    ]
    unknown = sum("skip_reason" in package for package in packages)
    print(f"audit: {len(packages)} packages, {unknown} of them could not be looked up")
    for line in found:
        print(f"audit: {line}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
