"""Images of pages are drawn once, for whoever asks, and not kept for ever."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.errors import UnreadableDocument
from assistant.reading.page_images import PageImages

BOX = (2, 100.0, 200.0, 300.0, 220.0)


@pytest.fixture
def files(specimens: list[Path]) -> dict[str, bytes]:
    return {"kept": specimens[0].read_bytes(), "broken": b"%PDF-1.4 rien"}


@pytest.fixture
def images(files: dict[str, bytes]) -> PageImages:
    return PageImages(files.get)


def test_people_who_open_one_page_at_once_get_the_one_image(images: PageImages) -> None:
    with ThreadPoolExecutor(4) as people:
        drawn = list(people.map(lambda _: images.highlighted("kept", 2, [BOX]), range(4)))

    assert drawn[0]
    assert all(image is drawn[0] for image in drawn)


def test_a_box_of_another_page_marks_nothing_and_changes_no_image(images: PageImages) -> None:
    assert images.highlighted("kept", 1, [BOX]) is images.highlighted("kept", 1, [])
    assert images.highlighted("kept", 2, [BOX]) != images.highlighted("kept", 2, [])


def test_of_more_images_than_are_kept_the_one_not_used_for_longest_goes(
    files: dict[str, bytes],
) -> None:
    others = PageImages(files.get)
    sizes = [len(others.highlighted("kept", page, []) or b"") for page in (2, 3, 4)]
    images = PageImages(files.get, most_bytes=sum(sizes) - 1)
    used, unused = images.highlighted("kept", 2, []), images.highlighted("kept", 3, [])
    images.highlighted("kept", 2, [])
    images.highlighted("kept", 4, [])

    assert images.highlighted("kept", 2, []) is used
    assert images.highlighted("kept", 3, []) is not unused


def test_a_deleted_file_shows_nothing_not_even_what_was_drawn(
    images: PageImages, files: dict[str, bytes]
) -> None:
    assert images.highlighted("kept", 2, [BOX])
    del files["kept"]

    assert images.highlighted("kept", 2, [BOX]) is None


def test_a_page_that_cannot_be_drawn_is_tried_again(
    images: PageImages, files: dict[str, bytes]
) -> None:
    with pytest.raises(UnreadableDocument):
        images.highlighted("broken", 2, [])
    files["broken"] = files["kept"]

    assert images.highlighted("broken", 2, [])
