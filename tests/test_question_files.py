"""Question files: what is read of them, and what is refused, with the line."""

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import InvalidFile
from assistant.evaluating.questions import Question, read_questions

from .conftest import ROOT


def a_file(folder: Path, *lines: str) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_a_question_is_read_with_all_its_file_says(tmp_path: Path) -> None:
    line = (
        '{"id": "q1", "question": "Quel délai ?", "launched": "2022-05-16", "within": "2-12-349",'
        ' "instrument": "2-12-349", "articles": ["20", 23], "kind": "direct", "answer": "21 jours"}'
    )

    assert read_questions(a_file(tmp_path, line)) == [
        Question(
            id="q1",
            text="Quel délai ?",
            launched=date(2022, 5, 16),
            within="2-12-349",
            instrument="2-12-349",
            articles=("20", "23"),
            kind="direct",
        )
    ]


def test_articles_given_by_instrument_are_expected_of_each(tmp_path: Path) -> None:
    line = '{"question": "A ?", "articles": {"2-12-349": ["88"], "2-22-431": [91]}}'

    [question] = read_questions(a_file(tmp_path, line))

    assert question.expected == (("2-12-349", "88"), ("2-22-431", "91"))
    assert question.instruments == {"2-12-349", "2-22-431"}


def test_an_article_that_is_only_acceptable_is_not_expected(tmp_path: Path) -> None:
    line = '{"question": "A ?", "articles": ["34"], "also_acceptable": ["39"]}'

    [question] = read_questions(a_file(tmp_path, line))

    assert question.expected == (("", "34"),)


def test_only_the_question_is_needed(tmp_path: Path) -> None:
    path = a_file(tmp_path, '{"question": "A ?"}', '{"question": "B ?"}')

    assert [(q.id, q.text) for q in read_questions(path)] == [("1", "A ?"), ("2", "B ?")]


def test_empty_lines_are_skipped_and_still_counted(tmp_path: Path) -> None:
    path = a_file(tmp_path, '{"question": "A ?"}', "", "   ", '{"question": "B ?"}')

    assert [q.id for q in read_questions(path)] == ["1", "4"]


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "Où ?"}', "utf-8-sig")

    assert [q.text for q in read_questions(path)] == ["Où ?"]


def test_a_line_separator_inside_a_question_does_not_cut_its_line(tmp_path: Path) -> None:
    path = a_file(tmp_path, '{"question": "Quel\u2028délai ?"}')

    assert [q.text for q in read_questions(path)] == ["Quel\u2028délai ?"]


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("pas du JSON", "ligne 2 : ce n’est pas du JSON"),
        ("[" * 100_000, "ligne 2 : ce n’est pas du JSON"),
        ('{"id": ' + "9" * 5000, "ligne 2 : ce n’est pas du JSON"),
        ('{"id": "q2"}', "ligne 2 : la clé « question » manque"),
        ('{"question": 12}', "ligne 2 : la clé « question » manque"),
        ('["A ?"]', "ligne 2 : la clé « question » manque"),
        (
            '{"question": "A ?", "launched": "16/05/2022"}',
            "ligne 2 : « 16/05/2022 » n’est pas une date AAAA-MM-JJ",
        ),
    ],
    ids=["not JSON", "brackets", "digits", "no question", "not a text", "not an object", "date"],
)
def test_a_line_that_cannot_be_used_is_named_with_what_is_wrong(
    tmp_path: Path, line: str, cause: str
) -> None:
    path = a_file(tmp_path, '{"question": "A ?"}', line)

    with pytest.raises(InvalidFile) as refusal:
        read_questions(path)

    sentence = " ".join(str(refusal.value).split())
    assert sentence.startswith("« questions.jsonl » :")
    assert cause in sentence


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"\xff\xfe\x00"], ids=["empty", "blank", "bytes"]
)
def test_a_file_without_questions_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(content)

    with pytest.raises(InvalidFile, match=r"questions\.jsonl"):
        read_questions(path)


def test_a_file_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="n’existe pas"):
        read_questions(tmp_path / "absent.jsonl")


@pytest.mark.parametrize(
    ("path", "count"),
    [
        (ROOT / "tests" / "questions" / "out-of-scope.jsonl", 42),
        (ROOT / "tests" / "questions" / "short-2023.jsonl", 44),
        (ROOT / "documents" / "questions-specimen.jsonl", 24),
    ],
    ids=lambda value: value.stem if isinstance(value, Path) else str(value),
)
def test_the_project_s_own_question_files_are_read(path: Path, count: int) -> None:
    questions = read_questions(path)

    assert len({question.id for question in questions}) == count


@pytest.mark.parametrize("name", ["dev-2013", "dev-2023", "dev-compare", "dev-regime"])
def test_the_dev_question_files_are_read(shared_data: Path, name: str) -> None:
    assert read_questions(shared_data / "questions" / f"{name}.jsonl")
