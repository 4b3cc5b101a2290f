"""What is known of one who is named."""

from __future__ import annotations

from dealterms.features.context import Context, bag, stem
from dealterms.features.vocabulary import STOPWORDS, VERBS


def party_features(context: Context, number: int) -> dict[str, float]:
    """Describe one who is named.

    Parameters
    ----------
    context : Context
        The text.
    number : int
        Which of its entities.

    Returns
    -------
    dict of str to float
        Feature names and values.

    Examples
    --------
    >>> from dealterms.entities import find_entities
    >>> from dealterms.candidates import find_mentions
    >>> from dealterms.words import words_of
    >>> words = words_of("Acme Inc. licensed its patents to Beta GmbH.")
    >>> found = find_mentions(words)
    >>> "near=R1:licens" in party_features(Context(words, found, find_entities(words, found.mentions)), 0)
    True
    """
    entity = context.entities[number]
    masked, words = context.masked, context.words
    names: set[str] = {
        "own=bias",
        f"own=registrant:{entity.registrant}",
        f"own=legal:{entity.legal}",
        f"own=defined:{bool(entity.defined)}",
    }
    names.add(f"own=mentions:{min(len(entity.places), 6)}")
    names.add(f"own=first_sentence:{min(words.sentence[entity.places[0][0]], 5)}")
    names.add(f"own=order:{min(context.order_of[number], 6)}")
    names.add(
        f"own=strong_order:{min(context.strong_order[number], 5) if number in context.strong_order else 'no'}:{min(len(context.strong_order), 5)}"
    )
    names.add(f"own=share:{4 * len(entity.places) // context.most_places}")
    for word in entity.key:
        names.add(f"own=word:{stem(word)}")
    for term in entity.defined:
        names.add(f"own=term:{term}")
    names.add(f"own=words:{min(len(entity.key), 4)}")
    names.add(f"own=upper:{entity.name.isupper()}")
    context_words: set[str] = set()
    for first, last in entity.places[:40]:
        begin, end = context.sentence_of(first)
        for step in range(1, 4):
            left, right = first - step, last + step - 1
            names.add(f"near=L{step}:{masked[left] if left >= begin else '^'}")
            names.add(f"near=R{step}:{masked[right] if right < end else '$'}")
        names.add(f"near=LL:{masked[first - 2] if first - 2 >= begin else '^'} {masked[first - 1] if first > begin else '^'}")
        names.add(f"near=RR:{masked[last] if last < end else '$'} {masked[last + 1] if last + 1 < end else '$'}")
        _subject(names, context, first, last, begin, end, number)
        _neighbours(names, context, first, last, begin, end, number)
        if masked[last : last + 1] == ["'s"]:
            names |= {f"right='s:{s}" for s in masked[last + 1 : last + 4] if s not in STOPWORDS}
        context_words |= bag(masked[max(begin, first - 8) : first], "left=") | bag(masked[last : min(end, last + 8)], "right=")
        if words.sentence[first] == words.sentence[entity.places[0][0]]:
            context_words |= bag(masked[begin:end], "sentence=")
    names |= context_words
    names.update(context.deal)
    kind = "filer" if entity.registrant else "other"
    names.update(f"party={kind}:{name}" for name in context.deal)
    return dict.fromkeys(sorted(names), 1.0)


def _subject(names: set[str], context: Context, first: int, last: int, begin: int, end: int, number: int) -> None:
    """What a party does, and what is done to, from or with it: the nearest verbs with no other name between."""
    masked, words = context.masked, context.words
    kind = "filer" if context.entities[number].registrant else "other"
    for position in range(last, min(end, last + 10)):
        if position in context.company and context.company[position] != number:
            break
        if words.lower[position] in VERBS:
            passive = any(w in {"was", "were", "been", "be", "is", "are", "being"} for w in words.lower[max(last, position - 3) : position])
            verb = f"{'be ' if passive else ''}{masked[position]}"
            things = [masked[p] for p in range(position + 1, min(end, position + 8)) if masked[p] and masked[p] not in STOPWORDS]
            names.add(f"right=does:{verb}")
            names |= {f"right=does:{verb} {thing}" for thing in things[:4]}
            link = next((w for w in words.lower[position + 1 : position + 12] if w in {"to", "from"}), "-")
            names.add(f"right=does:{verb} {link}")
            break
    link = next(
        (
            words.lower[p]
            for p in range(first - 1, max(begin, first - 4) - 1, -1)
            if words.lower[p] in {"to", "from", "by", "with", "of", "for", "against"}
        ),
        "-",
    )
    for position in range(first - 1, max(begin, first - 12) - 1, -1):
        if words.lower[position] in VERBS:
            passive = any(
                w in {"was", "were", "been", "be", "is", "are", "being"} for w in words.lower[max(begin, position - 3) : position]
            )
            verb = f"{'be ' if passive else ''}{masked[position]}"
            crossed = any(p in context.company and context.company[p] != number for p in range(position, first))
            names.add(f"left=done:{verb} {link}{' x' if crossed else ''}")
            names.add(f"left=done:{verb} {link} {kind}")
            things = [
                masked[p] for p in range(position + 1, first) if masked[p] and masked[p] not in STOPWORDS and p not in context.company
            ]
            names |= {f"left=done:{verb} {thing} {link}" for thing in things[:4]}
            break
    names.add(f"left=link:{link}")


def _neighbours(names: set[str], context: Context, first: int, last: int, begin: int, end: int, number: int) -> None:
    """The words between a party and the next name on either side, in order: who does what to whom."""
    masked, clusters, company = context.masked, context.clusters, context.company
    for side, positions in ((">", range(last, min(end, last + 16))), ("<", range(first - 1, max(begin, first - 16) - 1, -1))):
        between = []
        met = False
        for position in positions:
            if position in company and company[position] != number:
                met = True
                break
            if position not in company:
                between.append(position)
        whom = "name" if met else "-"
        for place, position in enumerate(between):
            if masked[position] and masked[position] not in {",", "the", "a", "an", "(", ")", '"', "'"}:
                names.add(f"between={side}{whom}:{masked[position]}")
                if clusters[position] >= 0:
                    names.add(f"between={side}{whom}:c{clusters[position]}")
                    if place < 5:
                        names.add(f"between={side}:c{clusters[position]}")
