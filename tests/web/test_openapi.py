"""The JSON side by its own description: whatever fits it, and much that does not, is no server error."""

from __future__ import annotations

from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, given, settings
from tests.web.conftest import TOKEN

from onthetable.web import Settings, create_app

WITH_TOKEN = {"Authorization": f"Bearer {TOKEN}", "Host": "127.0.0.1"}


def test_whatever_is_asked_is_answered(kept: Path) -> None:
    app = create_app(Settings(str(kept), TOKEN, burst=10**9, rate=10**9))
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app, headers=WITH_TOKEN)
    asked = set()
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(max_examples=50, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def ask(case: schemathesis.Case) -> None:
            answer = case.call(headers=WITH_TOKEN)
            assert answer.status_code < 500, answer.text
            assert answer.status_code != 401

        ask()
        asked.add(operation.path)
    assert asked >= {"/api/ledger", "/api/{view}", "/api/changes", "/api/find", "/data/{view}.{form}"}
    app.state.desk.close()
