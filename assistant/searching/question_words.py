"""The words of a question that say what it is about, and those that only ask."""

import re

_WORD = re.compile("[\\w\u064b-\u0652\u0670]+")  # with the vowels of an Arabic word
_QUESTION_WORDS = frozenset(
    """
    quel quelle quels quelles combien comment pourquoi quand où qui que quoi qu est ce c ça cela
    peut peux puis pouvons peuvent pouvez pouvait dois doit doivent devons devez faut il elle on je
    j tu nous vous ils elles mon ma mes ton ta tes notre nos votre vos leur leurs me m te t se s moi
    toi lui eux jusqu jusque selon lors donc alors aussi encore toujours bien si oui non merci
    bonjour svp tout tous toute toutes très même fait faire va vont aller veut veux voudrais sont
    était étaient être avoir ont a été là y en maintenant désormais dorénavant actuellement
    aujourd hui tjrs tjs koi pk
    what which who whom whose when where why how many much must may might shall should can could
    would will do does did need is are there please hello thanks
    ما ماذا هي هو هل متى كيف كم من ممن أين لماذا أي يمكن يمكنني يجوز يجب يتم تتم تم هناك التي الذي
    """.split()  # noqa: SIM905 - words are read best as words
)


def content_words(question: str) -> str:
    """Leave out the words that only make a sentence a question."""
    words = [w for w in _WORD.findall(question) if w.lower() not in _QUESTION_WORDS]
    return " ".join(words) or question
