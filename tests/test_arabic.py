"""Arabic words in one form, so that a question and its article's keys meet."""

import pytest

from assistant.searching.arabic import has_arabic, normalise_arabic


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الضمان", "ضمان"),
        ("والصفقات", "صفقة"),
        ("بالصفقة", "للصفقات"),
        ("الوثيقة", "وثيقة"),
        ("للجنة", "اللجنة"),
        ("بسند", "السند"),
        ("وعقد", "العقد"),
        ("إلغاء", "الغاء"),
        ("مؤقتة", "المؤقت"),
        ("ضَمَانٌ", "ضمـــان"),
        ("المتنافسون", "متنافسين"),
        ("ﻻئحة", "لائحة"),
    ],
)
def test_two_writings_of_an_arabic_word_are_one_form(one: str, other: str) -> None:
    assert normalise_arabic(one) == normalise_arabic(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("كفالة", "وكالة"), ("لجنة", "جنة"), ("عرض", "عقد"), ("ملف", "ملحق"), ("بند", "سند")],
)
def test_two_arabic_words_are_two_forms(one: str, other: str) -> None:
    assert normalise_arabic(one) != normalise_arabic(other)


def test_a_form_is_its_own_form() -> None:
    once = normalise_arabic("ما هو أجل صلاحية العروض في طلب العروض المفتوح؟")

    assert normalise_arabic(once) == once


def test_what_is_not_arabic_stays_as_it_is() -> None:
    assert normalise_arabic("Le CPS, l’œuvre ﬁnale : 12,5 %") == "Le CPS, l’œuvre ﬁnale : 12,5 %"


def test_arabic_digits_are_digits() -> None:
    assert normalise_arabic("المادة ٢٤ و ۳۰").split()[1::2] == ["24", "30"]


def test_an_arabic_word_is_seen_among_others() -> None:
    assert has_arabic("Le مرسوم de 2023")
    assert not has_arabic("Le décret de 2023")
