"""A promise as a plan document and the indicators it is measured by, without a word of either being the test's own."""

from typing import Any

EXPECTED = "forventet-antal"
NAMES = {"money": "mio. kr."}


def document(promise: dict[str, Any]) -> dict[str, Any]:
    start, end = promise.get("period", ["2020-01-01", "2020-12-31"])
    facts = {
        "slug": "loefte", "title": promise["source"], "kind": "plan", "year": int(str(start)[:4]),
        "known_from": str(start), "period_start": str(start), "period_end": str(end), "goals": [_goal(promise)],
    }  # fmt: skip
    return facts | {"targets": [_target(n, one) for n, one in enumerate(promise.get("targets", []), start=1)]}


def _goal(promise: dict[str, Any]) -> dict[str, Any]:
    facts = {"number": 1, "title": promise["title"], "printed_number": promise.get("number", "")}
    facts |= {"kind": promise.get("kind", "measured")} | ({"due": str(promise["due"])} if "due" in promise else {})
    return facts | {"measures": [_measure(n, one) for n, one in enumerate(promise.get("measures", []), start=1)]}


def _measure(number: int, said: dict[str, Any]) -> dict[str, Any]:
    own = {"code": f"m{number}", "part": "ab"[number - 1], "name": "n", "short_name": "M", "subject": "Andel"}
    facts = {
        name: said[name] for name in ("better", "reads", "against", "against_indicator", "breakdown") if name in said
    }
    return own | facts | {"indicator": f"loefte-{number}", "area": "791"}


def _target(number: int, said: dict[str, Any]) -> dict[str, Any]:
    return {"measure": f"m{number}", "kind": "original"} | said


def indicators_of(promise: dict[str, Any]) -> list[dict[str, Any]]:
    own = [_indicator(f"loefte-{n}", said) for n, said in enumerate(promise.get("measures", []), start=1)]
    return [*own, _indicator(EXPECTED, {"unit": "count"})]


def _indicator(code: str, said: dict[str, Any]) -> dict[str, Any]:
    facts = {name: said[name] for name in ("unit", "frequency", "accumulation") if name in said}
    named = {"code": code, "name": code, "definition": "…", "unit_name": NAMES.get(said["unit"], ""), "decimals": 1}
    return named | facts | {"direction": "none", "publisher": "Kommunen", "source": "file"}
