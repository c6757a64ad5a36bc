"""Commands that need no database: what `order read` and `creative check` print, and what they say of files they cannot take."""

import datetime
import json
import pathlib

import pytest
from typer.testing import CliRunner

from makegood.documents.creatives import samples as drawn
from makegood.interfaces.cli.main import app
from makegood.workflows.demo import samples

RUN = CliRunner()


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pathlib.Path]:
    return samples.write(tmp_path_factory.mktemp("orders"), datetime.date(2026, 11, 23))


def test_read_prints_plain_values_with_their_evidence(documents: dict[str, pathlib.Path]) -> None:
    done = RUN.invoke(app, ["order", "read", str(documents["digital"]), "--json"])
    read = json.loads(done.stdout)
    assert done.exit_code == 0
    assert set(read) == {"document", "fields", "lines", "problems", "look", "evidence"}
    wanted = {
        "contract_number": "CN-20931", "advertiser": "Kestrel Outdoor", "agency": "Compass North", "gross_amount": "18750", "net_amount": "15937.5",
        "flight_start": "2026-10-09", "flight_end": "2026-11-05",
    }  # fmt: skip
    assert {name: read["fields"][name] for name in wanted} == wanted
    assert [(line["number"], line["placement"], line["amount"]) for line in read["lines"]] == [
        (1, "RON desktop leaderboard 728x90", "9900"), (2, "RON half page 300x600", "5600"), (3, "Sport section MPU", "3250"),
    ]  # fmt: skip
    assert read["problems"] == []
    assert read["evidence"]["fields"]["gross_amount"]["place"] == "IO!H18"


@pytest.mark.parametrize("kind", ["audio", "retail"])
def test_the_other_samples_read_without_a_problem(kind: str, documents: dict[str, pathlib.Path]) -> None:
    read = json.loads(RUN.invoke(app, ["order", "read", str(documents[kind]), "--json"]).stdout)
    assert read["problems"] == []
    assert {line["rate_type"] for line in read["lines"]} == {"CPM"}
    assert all(read["fields"][name] for name in ("contract_number", "advertiser", "gross_amount", "flight_start", "flight_end"))


def test_what_cannot_be_read_is_named_with_place_and_remedy(documents: dict[str, pathlib.Path], tmp_path: pathlib.Path) -> None:
    broken = tmp_path / "cut.xlsx"
    broken.write_bytes(documents["digital"].read_bytes()[:1000])
    done = RUN.invoke(app, ["order", "read", str(broken), "--json"])
    told = json.loads(done.stderr)["error"]
    assert (done.exit_code, done.stdout) == (1, "")
    assert told["place"].startswith("cut.xlsx")
    assert told["message"]
    assert told["remedy"]
    plain = RUN.invoke(app, ["order", "read", str(tmp_path / "none.pdf")])
    assert (plain.exit_code, plain.stderr.count("\n")) == (1, 1)


def test_check_says_what_fails_and_how_to_fix_it(tmp_path: pathlib.Path) -> None:
    good = drawn.banner(tmp_path / "good.png", drawn.Brand("Oatfield Foods"))
    bad = drawn.banner(tmp_path / "bad.png", drawn.Brand("Oatfield Foods"), fault="too_heavy")
    passed = RUN.invoke(app, ["creative", "check", str(good), "--profile", "auto", "--json"])
    failed = RUN.invoke(app, ["creative", "check", str(bad), "--profile", "display-300x250", "--json"])
    assert (passed.exit_code, json.loads(passed.stdout)["verdict"] in ("pass", "warn")) == (0, True)
    told = json.loads(failed.stdout)
    assert (failed.exit_code, told["verdict"], set(told)) == (1, "block", {"file", "format", "profile", "verdict", "findings"})
    assert all(one["fix"] for one in told["findings"] if one["severity"] == "block")
    unknown = RUN.invoke(app, ["creative", "check", str(good), "--profile", "display-1x1", "--json"])
    assert (unknown.exit_code, json.loads(unknown.stderr)["error"]["place"]) == (1, "profile")


def test_the_profiles_are_listed_and_one_is_told_in_full() -> None:
    listed = json.loads(RUN.invoke(app, ["creative", "profiles", "--json"]).stdout)
    assert listed["display-300x250"] == "IAB display: Medium rectangle"
    one = json.loads(RUN.invoke(app, ["creative", "profiles", "spotify-audio-direct", "--json"]).stdout)
    assert (one["seller"], one["path"]) == ("Spotify", "direct")
    weight = next(need for need in one["needs"] if need["rule"] == "max_weight_kb")
    assert weight["required"] == "at most 1,024 KB" and "says at most 512,000 KB" in weight["source"]
    assert RUN.invoke(app, ["creative", "profiles", "nothing"]).exit_code == 1


def test_run_says_what_an_ad_is_no_bundle_and_that_there_is_no_browser(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    brand = drawn.Brand("Kestrel Outdoor")
    done = RUN.invoke(app, ["creative", "run", str(drawn.banner(tmp_path / "a.png", brand))])
    assert (done.exit_code, "It is no HTML5 zip. Give the zip" in done.stderr) == (1, True)
    monkeypatch.setenv("MAKEGOOD_BROWSER", "no-such-browser")
    done = RUN.invoke(app, ["creative", "run", str(drawn.bundle(tmp_path / "a.zip", brand)), "--json"])
    assert (done.exit_code, "apt-get install chromium" in json.loads(done.stderr)["error"]["remedy"]) == (1, True)
