"""What is known of a whole text."""

from __future__ import annotations

from dealterms.features.context import Context, bag, stem
from dealterms.features.vocabulary import STOPWORDS, VERBS


def text_features(context: Context) -> dict[str, float]:
    """Describe a whole text, to tell whether it is about a deal.

    Parameters
    ----------
    context : Context
        The text.

    Returns
    -------
    dict of str to float
        Feature names and values.

    Examples
    --------
    >>> from dealterms.candidates import find_mentions
    >>> from dealterms.words import words_of
    >>> words = words_of("A licence was granted.")
    >>> "text=licenc" in text_features(Context(words, find_mentions(words), []))
    True
    """
    names = bag(context.masked, "text=")
    names |= {f"text={a} {b}" for a, b in zip(context.stems, context.stems[1:]) if a not in STOPWORDS and b not in STOPWORDS}
    for mention in context.mentions:
        if mention.label in {"PAYMENT", "ROYALTY", "RENEW"}:
            names.add(f"text=cue:{mention.pattern}")
    names.add("text=bias")
    counts: dict[str, int] = {}
    for cues in context.cues:
        for cue in cues:
            counts[cue] = counts.get(cue, 0) + 1
    names |= {
        f"text=meaning:{cue}:{share}"
        for cue, count in counts.items()
        for share in range(1, 1 + min(5, 200 * count // (len(context.cues) or 1)))
    }
    for position, form in enumerate(context.stems):
        if form in {"agreement", "contract", "ventur", "allianc", "licens", "right", "settlement"}:
            begin, _ = context.sentence_of(position)
            names |= {f"title={s} {form}" for s in context.stems[max(begin, position - 4) : position] if s not in STOPWORDS}
    for first, last in context.words.sentences[:2]:
        names |= bag(context.masked[first:last], "first=")
    for entity in context.entities[:8]:
        kind = "filer" if entity.registrant else "other"
        for first, last in entity.places[:20]:
            _, end = context.sentence_of(first)
            verb = next((context.words.lower[i] for i in range(last, min(end, last + 8)) if context.words.lower[i] in VERBS), None)
            if verb:
                names.add(f"text={kind} {stem(verb)}")
    return dict.fromkeys(sorted(names), 1.0)
