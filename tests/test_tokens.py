"""Tokens that models read and wrote, and what they cost: counted and set, never guessed."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant.answer_records import Tokens
from assistant.answering.answering import Answering, Writer
from assistant.answering.contract import answer_json
from assistant.answering.models import load_model, model_name
from assistant.answering.prices import Prices
from assistant.errors import InvalidSettings
from assistant.evaluating.usage import usage
from assistant.settings import load_settings
from assistant.storage.tables import AnswerRow, now
from assistant.ui.session import services as shared
from assistant.wiring import Services, open_services

from .campaign_data import answer_content
from .conftest import ROOT, make_settings
from .openai_server import Connection, engine
from .tiny_llama import save_tiny_llama

CEILING = "Quel est le plafond des bons de commande ?"
FRENCH = "Les bons de commande sont admis dans la limite de 85.000 dirhams [1]."
ENGLISH = "Purchase orders are allowed up to the limit of 85,000 dirhams for each of them [1]."


def test_a_model_s_own_tokenizer_counts_what_it_read_and_wrote(
    specimen_services: Services, tmp_path: Path
) -> None:
    folder = save_tiny_llama(tmp_path / "tiny", max_position_embeddings=4096)
    settings = make_settings(Path("unused"), model=str(folder))
    llm: Any = load_model(settings)
    services = specimen_services
    writer = Writer(model_name(settings, llm), llm)
    answering = Answering(services.search, services.history, lambda: writer, contact="")

    answer = answering.ask(CEILING)

    assert answer.tokens is not None
    assert answer.prompt is not None
    asked = len(llm._engine.tokenizer(answer.prompt).input_ids)
    assert asked < answer.tokens.prompt < asked + 40  # the words, and the control tokens
    assert answer.tokens.answer == llm.max_new_tokens  # random weights write on and on
    kept = services.history.find(answer.id or "").content["tokens"]
    assert kept == {"prompt": answer.tokens.prompt, "answer": answer.tokens.answer}


class Told:
    """An engine that writes some texts in turn, and counts the tokens of those it is told to."""

    def __init__(self, *texts: str, counts: bool = True) -> None:
        self._texts = list(texts)
        self._counts = counts

    def __call__(self, connection: Connection) -> None:
        connection.begin()
        connection.send(self._texts.pop(0))
        connection.send(None, finish_reason="stop")
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        counted = {"prompt_tokens": 900, "completion_tokens": 20, "total_tokens": 920}
        if self._counts:
            connection.send_line(json.dumps(chunk | {"choices": [], "usage": counted}))
        connection.send_line("[DONE]")


@pytest.mark.parametrize(
    ("told", "tokens"),
    [
        (Told(FRENCH), Tokens(900, 20)),
        (Told(ENGLISH, FRENCH), Tokens(1800, 40)),
        (Told(FRENCH, counts=False), None),
    ],
    ids=["once", "twice", "not counted"],
)
def test_an_engine_is_asked_to_count_and_both_attempts_are_added(
    tmp_path: Path, specimens: list[Path], told: Told, tokens: Tokens | None
) -> None:
    prices = {"m": (2.0, 10.0)}
    with engine(told) as server:
        settings = make_settings(
            tmp_path, model="openai:m", model_url=server.url, model_prices=prices
        )
        services = open_services(settings)
        services.library.ingest(specimens[1].name, specimens[1].read_bytes())
        answer, again = services.answering.ask(CEILING), services.answering.ask(CEILING)
        days = usage(services.database, days=1, prices=services.prices)
        exposed = services.meters.exposition().decode()
        services.close()

    assert answer.tokens == tokens
    assert server.requests[0]["body"]["stream_options"] == {"include_usage": True}
    assert (again.cached, again.tokens) == (True, None)
    [day] = days
    assert (day.questions, day.repeated, day.tokens) == (2, 1, tokens)
    assert day.uncounted == (0 if tokens else 1)
    written = re.findall(
        r'^assistant_tokens_total\{kind="answer",model="m.*\} (.*)$', exposed, re.M
    )
    costs = re.findall(r"^assistant_cost_total\{model=.*\} (.*)$", exposed, re.M)
    if tokens:
        assert [float(n) for n in written] == [tokens.answer]
        expected = (tokens.prompt * 2 + tokens.answer * 10) / 1e6
        assert [float(n) for n in costs] == [pytest.approx(expected)]
        assert day.cost == pytest.approx(expected)
    else:
        assert (written, costs, day.cost) == ([], [], None)


def test_quotations_have_no_tokens_and_no_cost(specimen_services: Services) -> None:
    answer = specimen_services.answering.ask(CEILING)

    [day] = usage(specimen_services.database, days=1, prices=Prices({"extractive": (1, 1)}))

    assert answer_json(answer)["tokens"] is None
    assert (day.tokens, day.uncounted, day.cost) == (None, 0, None)
    assert "assistant_tokens_total{" not in specimen_services.meters.exposition().decode()


def test_a_price_goes_by_the_name_shown_or_without_its_brackets() -> None:
    prices = Prices({"a": (1.0, 2.0), "a (8 bits)": (3.0, 4.0), "gratuit": (0.0, 0.0)})
    million = Tokens(1_000_000, 1_000_000)

    assert prices.cost("a", million) == 3
    assert prices.cost("a (4 bits)", million) == 3
    assert prices.cost("a (8 bits)", million) == 7
    assert prices.cost("gratuit (hôte)", million) == 0
    assert prices.cost("b", million) is None
    assert prices.cost("a", None) is None


@pytest.mark.parametrize(
    "given", ["0.1", "{", '{"m": 1}', '{"m": [1]}', '{"m": [-1, 1]}', '{"m": [NaN, 1]}', "[]"]
)
def test_prices_that_cannot_be_used_are_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("ASSISTANT_MODEL_PRICES", given)

    with pytest.raises(InvalidSettings, match="ASSISTANT_MODEL_PRICES"):
        load_settings()


def test_prices_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_MODEL_PRICES", '{"m": [0.1, 0.3]}')

    assert load_settings().model_prices == {"m": (0.1, 0.3)}


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ASSISTANT_MODEL", "extractive")
    monkeypatch.setenv("ASSISTANT_MODEL_PRICES", '{"m": [2, 10]}')
    monkeypatch.setenv("ASSISTANT_MODEL_CURRENCY", "USD")
    yield AppTest.from_file(str(ROOT / "pages/administration.py"), default_timeout=30)
    shared.close()


def keep(model: str, tokens: Tokens | None, *, days_ago: int = 0) -> None:
    content = answer_content(CEILING, model=model) | {
        "tokens": tokens and {"prompt": tokens.prompt, "answer": tokens.answer}
    }
    with shared().database.session() as session:
        count = session.query(AnswerRow).count()
        session.add(
            AnswerRow(
                id=f"a{count}",
                asked_at=now() - timedelta(days=days_ago),
                question=CEILING,
                outcome="answered",
                model=model,
                content=content,
                context={},
            )
        )


def test_the_screen_shows_tokens_and_cost_and_a_dash_where_none_is_known(page: AppTest) -> None:
    keep("m (hôte)", Tokens(12_345, 678))
    keep("m (hôte)", Tokens(100_000, 1_000), days_ago=1)
    keep("m (hôte)", None, days_ago=1)
    keep("autre (hôte)", Tokens(5, 1), days_ago=2)
    keep("extractive", None, days_ago=3)
    page.session_state["administration"] = "Usage"

    page.run()

    [table] = [str(e.value) for e in page.get("html") if "usage" in str(e.value)]
    rows = [
        re.sub(r"<[^>]*>", "", cells.replace("</td><td>", "|"))
        for cells in re.findall(r"<tr>(.*?)</tr>", table)[1:]
    ]
    counted = [row.split("|")[-3:] for row in rows]
    assert "Coût (USD)" in table
    assert counted == [
        ["12\u202f345", "678", "0,031"],
        ["≥\u00a0100\u202f000", "≥\u00a01\u202f000", "≥\u00a00,21"],
        ["5", "1", "–"],
        ["–", "–", "–"],
    ]
