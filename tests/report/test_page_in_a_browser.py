"""The page in a real browser without a window: on a telephone and on a desk, light and dark."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from voicecoach.report.page import page

WIDTHS = (390, 800, 1400)

LOOK = """<!doctype html><meta charset="utf-8"><title>looking</title>
FRAMES
<pre id="seen"></pre>
<script>
var harmed = 0;
function look(frame) {
  const page = frame.contentDocument, window_ = frame.contentWindow;
  const style = (one) => window_.getComputedStyle(one);
  const figures = [...page.querySelectorAll("svg.chart, svg.body, .month svg")];
  const box = (one) => one.getBoundingClientRect();
  const charts = [...page.querySelectorAll("svg.chart")];
  const isCut = (label, chart) =>
    box(label).left < box(chart).left - 1 || box(label).right > box(chart).right + 1;
  page.querySelectorAll("details").forEach((one) => { one.open = true; });
  return {
    width: window_.innerWidth,
    content: page.documentElement.scrollWidth,
    cut_tables: [...page.querySelectorAll(".scroll")].filter(
      (one) => one.scrollWidth > one.clientWidth).map((one) => one.innerText.slice(0, 90)),
    page: style(page.body).backgroundColor,
    ink: style(page.body).color,
    letters: Math.min(...[...page.querySelectorAll(".chart text")].map((one) => box(one).height)),
    unnamed: figures.filter((one) => !one.querySelector("title")?.textContent).length,
    figures: figures.length,
    flat: figures.filter((one) => box(one).height < 40).length,
    fetched: window_.performance.getEntriesByType("resource").map((one) => one.name),
    harmed: [harmed, window_.harmed],
    columns: new Set([...page.querySelectorAll("article")].map((one) => one.offsetLeft)).size,
    cut: charts.filter((chart) =>
      [...chart.querySelectorAll("text")].some((label) => isCut(label, chart))).length,
  };
}
window.onload = () => {
  const seen = [...document.querySelectorAll("iframe")].map(look);
  document.getElementById("seen").textContent = JSON.stringify(seen);
};
</script>"""


@pytest.fixture(scope="module")
def browser() -> str:
    """A browser that runs here, or a skip; what some systems put on the path only names a shop."""
    for found in filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))):
        if subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
            return found
    pytest.skip("needs: apt-get install chromium")


def look(browser: str, folder: Path, text: str, scheme: int) -> list[dict[str, Any]]:
    """Return what a browser makes of a page at each width."""
    (folder / "page.html").write_text(text, encoding="utf-8")
    frames = "".join(
        f'<iframe src="page.html" width="{width}" height="900"></iframe>' for width in WIDTHS
    )
    watcher = folder / "look.html"
    watcher.write_text(LOOK.replace("FRAMES", frames), encoding="utf-8")
    seen = subprocess.run(
        [
            browser,
            "--headless=new",
            "--disable-gpu",
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            "--allow-file-access-from-files",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={folder / 'profile'}",
            f"--blink-settings=preferredColorScheme={scheme}",
            "--virtual-time-budget=10000",
            "--dump-dom",
            watcher.as_uri(),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found = re.search(r'<pre id="seen">(.+?)</pre>', seen.stdout, re.DOTALL)
    assert found, seen.stdout[:500] + seen.stderr[-500:]
    answer: list[dict[str, Any]] = json.loads(html.unescape(found[1]))
    return answer


@pytest.fixture(scope="module")
def light(browser: str, overview, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return look(browser, tmp_path_factory.mktemp("light"), page(overview()), 1)


@pytest.fixture(scope="module")
def dark(browser: str, overview, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return look(browser, tmp_path_factory.mktemp("dark"), page(overview()), 0)


def test_the_page_is_as_wide_as_the_screen_and_no_wider(light: list[dict[str, Any]]) -> None:
    assert [one["width"] for one in light] == list(WIDTHS)
    assert all(one["content"] <= one["width"] for one in light)
    assert [one["cut_tables"] for one in light] == [[], [], []]


def test_charts_stand_side_by_side_where_there_is_room(light: list[dict[str, Any]]) -> None:
    assert [one["columns"] for one in light] == [1, 2, 3]


def test_labels_are_large_enough_to_read_and_none_is_cut_off(light: list[dict[str, Any]]) -> None:
    for one in light:
        assert one["letters"] >= 10
        assert one["cut"] == 0


def test_every_picture_is_drawn_and_has_a_name(light: list[dict[str, Any]]) -> None:
    for one in light:
        assert one["figures"] == 4 + 2 + 12  # exercises, both sides of the body, months
        assert one["unnamed"] == one["flat"] == 0


def test_nothing_is_fetched_and_no_name_does_harm(light: list[dict[str, Any]]) -> None:
    for one in light:
        assert one["fetched"] == []
        assert one["harmed"] == [0, None]


def test_the_page_is_dark_where_the_screen_is(
    light: list[dict[str, Any]], dark: list[dict[str, Any]]
) -> None:
    for by_day, by_night in zip(light, dark, strict=True):
        assert brightness(by_day["page"]) > 200
        assert brightness(by_day["ink"]) < 50
        assert brightness(by_night["page"]) < 50
        assert brightness(by_night["ink"]) > 200


def brightness(colour: str) -> float:
    return sum(int(part) for part in re.findall(r"\d+", colour)[:3]) / 3
