"""Ray, where it is installed (the extra `ray`): the same ledger as one process, byte for byte."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from onthetable.bundled import examples
from onthetable.case import read_case
from onthetable.cli import run
from onthetable.reading import read
from onthetable.store import open_store
from onthetable.views import json as as_json

HERE = importlib.util.find_spec("ray") is not None

if HERE:

    def test_two_processes_of_ray_give_the_same_ledger() -> None:
        import ray

        folder = examples()
        case = read_case(folder / "case.toml")
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
        by_ray = read([str(folder / "talks")], case, workers="ray", timeout=60.0)
        assert not ray.is_initialized()
        alone = read([str(folder / "talks")], case, timeout=60.0)
        assert as_json.document(by_ray) == as_json.document(alone)

    def test_an_address_without_ray_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        where = str(tmp_path / "x.db")
        talks = str(examples() / "talks")
        status = run(
            [
                "read",
                talks,
                "--ledger",
                where,
                "--workers",
                "ray://127.0.0.1:1",
                "--case",
                str(examples() / "case.toml"),
            ]
        )
        assert status == 3
        assert "no Ray there" in capsys.readouterr().err
        with open_store(where) as store:
            assert not store.inputs() or all(e.status != "read" for e in store.inputs())

else:

    def test_that_ray_is_missing_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["brief", str(examples() / "talks"), "--workers", "ray"]) == 3
        assert "pip install" in capsys.readouterr().err


@pytest.mark.parametrize("value", ["0", "-1", "many", "ray:/x", "1.5"])
def test_other_workers_are_refused(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["brief", "x", "--workers", value]) == 2
    assert "ray://HOST:PORT" in capsys.readouterr().err
