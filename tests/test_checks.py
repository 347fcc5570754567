import pytest

from assistant.answer_records import FindingKind
from assistant.answering.checks import Shown, read_draft

PASSAGES = {
    1: Shown(
        "Les concurrents restent engagés par leurs offres pendant un délai de soixante jours.",
        *("36", "2-22-431"),
    ),
    2: Shown(
        "Les bons de commande sont admis dans la limite de cinq cent mille (500.000) dirhams.",
        *("91", "2-22-431"),
    ),
}
GOOD = "Les concurrents restent engagés par leurs offres pendant un délai de 60 jours [1]."


def kinds(text: str) -> list[set[FindingKind]]:
    return [{f.kind for f in sentence.findings} for sentence in read_draft(text, PASSAGES)]


def test_a_sentence_that_its_passage_says_has_no_finding() -> None:
    [sentence] = read_draft(GOOD, PASSAGES)

    assert (sentence.labels, sentence.findings) == ((1,), ())


def test_labels_are_taken_out_of_the_sentence() -> None:
    [sentence] = read_draft(GOOD, PASSAGES)

    assert sentence.sentence.endswith("un délai de 60 jours.")


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        ("[1][2].", (1, 2)),
        ("[1, 2].", (1, 2)),
        ("[1], [2].", (1, 2)),
        ("[1-2].", (1, 2)),
        ("[Extrait 2].", (2,)),
        (". [2]", (2,)),
        ("[1] [1].", (1,)),
    ],
)
def test_labels_are_read_however_they_are_written(written: str, labels: tuple[int, ...]) -> None:
    text = f"Les concurrents restent engagés par leurs offres de commande {written}"

    [sentence] = read_draft(text, PASSAGES)

    assert sentence.labels == labels


def test_a_label_that_was_not_given_takes_the_sentence_out() -> None:
    [sentence] = read_draft(GOOD.replace("[1]", "[7]"), PASSAGES)

    assert FindingKind.UNKNOWN_LABEL in {f.kind for f in sentence.findings}
    assert not sentence.is_kept


def test_a_sentence_without_source_is_taken_out() -> None:
    [sentence] = read_draft(GOOD.replace(" [1]", ""), PASSAGES)

    assert FindingKind.NO_LABEL in {f.kind for f in sentence.findings}
    assert not sentence.is_kept


def test_a_changed_figure_is_found() -> None:
    assert FindingKind.FIGURE_NOT_IN_SOURCE in kinds(GOOD.replace("60", "75"))[0]


@pytest.mark.parametrize("delay", ["60", "soixante", "soixante (60)"])
def test_a_figure_in_words_is_the_figure(delay: str) -> None:
    assert kinds(GOOD.replace("60", delay)) == [set()]


def test_a_changed_figure_in_words_is_found() -> None:
    assert FindingKind.FIGURE_NOT_IN_SOURCE in kinds(GOOD.replace("60", "soixante-quinze"))[0]


@pytest.mark.parametrize("reference", ["l’article 91", "le décret 2-12-349"])
def test_a_reference_to_what_is_not_cited_is_found(reference: str) -> None:
    text = f"Selon {reference}, {GOOD[0].lower()}{GOOD[1:]}"

    assert FindingKind.WRONG_REFERENCE in kinds(text)[0]


def test_a_reference_to_what_is_cited_is_fine() -> None:
    assert kinds(f"Selon l’article 36, {GOOD[0].lower()}{GOOD[1:]}") == [set()]


def test_the_marks_of_a_list_are_no_sentences() -> None:
    sentences = read_draft(f"1. **{GOOD}**\n- {GOOD.replace('60', 'soixante')}", PASSAGES)

    assert [sentence.is_kept for sentence in sentences] == [True, True]


@pytest.mark.parametrize("amount", ["500.000", "500 000", "500\u00a0000"])
def test_a_figure_is_the_same_however_its_thousands_are_parted(amount: str) -> None:
    text = f"Les bons de commande sont admis dans la limite de {amount} dirhams [2]."

    assert kinds(text) == [set()]


def test_english_is_taken_out() -> None:
    text = "The bidders remain bound by their offers for a period of 60 days [1]."

    assert FindingKind.NOT_FRENCH in kinds(text)[0]


def test_a_sentence_that_its_passage_does_not_say_is_taken_out() -> None:
    text = "Le conseil municipal approuve chaque année le budget de la piscine communale [1]."

    assert FindingKind.UNSUPPORTED in kinds(text)[0]


def test_a_sentence_said_twice_is_kept_once() -> None:
    sentences = read_draft(f"{GOOD} {GOOD}", PASSAGES)

    assert [sentence.is_kept for sentence in sentences] == [True, False]


def test_every_finding_says_in_french_what_is_wrong() -> None:
    [sentence] = read_draft("The weather in Paris will be nice tomorrow for 99 people.", PASSAGES)

    assert all(finding.message.endswith(".") for finding in sentence.findings)


def test_nothing_written_gives_no_sentence() -> None:
    assert read_draft(" \n[1] . ", PASSAGES) == []


def test_the_last_sentence_of_a_stopped_model_is_taken_out() -> None:
    text = f"{GOOD} Les bons de commande sont admis dans la limite de cinq [2]"

    sentences = read_draft(text, PASSAGES, is_cut=True)

    assert [sentence.is_kept for sentence in sentences] == [True, False]
