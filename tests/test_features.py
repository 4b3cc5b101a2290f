"""What the classifier is told of candidates, names and texts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealterms.candidates import find_mentions
from dealterms.entities import find_entities
from dealterms.features import (
    GROUPS,
    Context,
    bound_cue,
    count_features,
    link_features,
    mention_features,
    party_features,
    stem,
    text_features,
    tier_features,
)
from dealterms.words import words_of

TEXT = (
    "Quillon Labs, Inc. licensed its dye to Marrow GmbH on May 8, 2004. Marrow pays an upfront fee of $3 million, milestone payments of up to "
    "$40 million and a royalty of 5% of net sales, rising to 8%. The term is ten years, renewable for two additional five-year terms. "
    "Quillon is paid $250,000 a year."
)


def context_of(text: str, registrant: str | None = None) -> Context:
    words = words_of(text)
    found = find_mentions(words)
    return Context(words, found, find_entities(words, found.mentions, registrant))


def the_mention(context: Context, told: str) -> int:
    """Give the number of the one candidate with a value or phrase that reads so."""
    [index] = [i for i, m in enumerate(context.mentions) if context.words.slice(m.first, m.last) == told and m.label != "ORG"]
    return index


def told_of(text: str, told: str, registrant: str | None = None) -> dict[str, float]:
    context = context_of(text, registrant)
    return mention_features(context, the_mention(context, told))


def all_features(context: Context) -> Iterator[dict[str, float]]:
    """Give everything that can be told of a text."""
    yield text_features(context)
    for number in range(len(context.entities)):
        yield party_features(context, number)
    for index, mention in enumerate(context.mentions):
        if mention.label == "ORG":
            continue
        yield mention_features(context, index)
        yield count_features(context, index)
        yield tier_features(context, index, index)
    for label in ("PERCENT", "MONEY"):
        for before, after in pairwise(context.by_label.get(label, [])):
            yield link_features(context, before, after)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("payments", "payment"),
        ("licensing", "licens"),
        ("licensed", "licens"),
        ("1999", "#year"),
        ("2,004", "#4"),
        ("2004.5", "#year"),
        ("1899", "#4"),
        ("250,000", "#6"),
        ("7.5", "#1"),
        ("$", "$"),
        ("'s", "'s"),
        ("b2b", "b2b"),
    ],
)
def test_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_each_feature_is_of_a_known_group() -> None:
    groups = {name.split("=")[0] for told in all_features(context_of(TEXT)) for name in told}
    assert groups <= set(GROUPS)
    # Those of the second pass are told by the first pass's probabilities.
    assert set(GROUPS) - groups <= {"second", "item"}
    assert len(set(GROUPS)) == len(GROUPS)


def test_features_are_sorted_and_the_same_each_time() -> None:
    once, again = (list(all_features(context_of(TEXT))) for _ in range(2))
    assert [list(told.items()) for told in once] == [list(told.items()) for told in again]
    assert all(list(told) == sorted(told) and set(told.values()) == {1.0} for told in once)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Marrow", "Kestrel"),
        ("Quillon Labs", "Stavanger Dye Labs"),
        ("$3 million", "$7 million"),
        ("5%", "6%"),
        ("May 8, 2004", "June 12, 1998"),
        (" ", "\n"),
        (" ", "  "),
    ],
)
def test_who_and_how_much_do_not_tell(old: str, new: str) -> None:
    """A sum is told by its size and its words, not by its figures; a name not at all."""
    told, changed = (
        context_of(TEXT),
        context_of(TEXT.replace(old, new).replace("Quillon is", new.split()[0] + " is" if "Quillon" in old else "Quillon is")),
    )
    assert len(told.mentions) == len(changed.mentions)
    for index, mention in enumerate(told.mentions):
        if mention.label not in {"ORG", "DATE"}:
            assert mention_features(told, index) == mention_features(changed, index)


def test_the_nearest_words() -> None:
    told = told_of(TEXT, "$3 million")
    assert {"near=L1:of", "near=L2:fee", "near=R1:,", "near=LL:fee of", "own=currency:USD", "own=size:7", "own=bound:none"} <= told.keys()
    assert {"left=upfront", "left=pay", "right=mileston", "party=<other", "party=>none"} <= told.keys()
    assert told.keys().isdisjoint({"near=R1:year", "own=size:6", "right=royalti", "sentence=>year"})


def test_pairs_of_words_on_either_side() -> None:
    told = told_of("It pays a fee of $5 for the licence. The rest is free.", "$5")
    assert {name for name in told if name.startswith("pair=")} == {"pair=fee licenc", "pair=fee pay", "pair=licenc pay"}
    assert not any(name.startswith("pair=") for name in told_of("It pays a fee of $5 for the licence.", "fee"))


def test_words_of_other_sentences_are_not_near() -> None:
    told = told_of("The fee is due. It is $5. The rest is free.", "$5")
    assert {"near=L2:it", "near=L3:^", "near=R1:.", "near=R2:$", "before=fee", "before=due"} <= told.keys()
    assert [name for name in told if name.split(":")[-1] in {"free", "rest"} or name in {"left=due", "right=rest", "sentence=<due"}] == []


def test_who_files_is_told_apart() -> None:
    text = "It is paid to Quillon Inc. for $5 by Marrow."
    assert {"near=L2:@name", "near=R2:@name", "party=<other", "party=>other", "party=count:2"} <= told_of(text, "$5").keys()
    assert {"near=L2:@filer", "near=R2:@name", "party=<filer", "party=>other"} <= told_of(text, "$5", "Quillon Inc.").keys()
    context = context_of(text, "Quillon Inc.")
    assert "own=registrant:True" in party_features(context, 0) and "own=registrant:False" in party_features(context, 1)


@pytest.mark.parametrize(
    ("text", "told", "bound"),
    [
        ("a fee of $5", "$5", ("none", 99)),
        ("up to $5", "$5", ("cap", 0)),
        ("up to a total of $5", "$5", ("cap", 3)),
        ("up to approximately $5", "$5", ("cap", 1)),
        ("approximately $5", "$5", ("none", 99)),
        ("at least $5 and up to $6", "$6", ("cap", 0)),
        ("at least $5 and up to $6", "$5", ("floor", 0)),
        ("up to $5 and $6", "$6", ("none", 99)),
        ("up to 5% and 6%", "6%", ("none", 99)),
        ("It is up to you. It pays $5", "$5", ("none", 99)),
        ("$5 or more", "$5", ("none", 99)),
        ("the lesser of $5 and $6", "$5", ("cap", 0)),
        ("the greater of $5 and 6%", "$5", ("floor", 0)),
        ("never below $5", "$5", ("floor", 0)),
        ("milestones that could in time total $5", "$5", ("none", 99)),
        ("milestones that could ultimately total $5", "$5", ("cap", 0)),
        ("fees that may come to $5", "$5", ("cap", 0)),
        ("it might bring us a total of $5", "$5", ("cap", 0)),
    ],
)
def test_bounds(text: str, told: str, bound: tuple[str, int]) -> None:
    context = context_of(text)
    assert bound_cue(context, context.mentions[the_mention(context, told)]) == bound
    assert f"own=bound:{bound[0]}" in told_of(text, told)


@pytest.mark.parametrize(
    ("text", "told", "feature"),
    [
        ("up to $5", "$5", "own=bound:cap next"),
        ("up to a grand total of $5", "$5", "own=bound:cap near"),
        ("at least $5 in 2001 and $6 in 2002", "$6", "own=carried:floor listed"),
        ("at least $5 in 2001, and it will pay $6", "$6", "own=carried:floor told"),
        ("at least $5 to Marrow Inc. and $6", "$6", "own=carried:floor named"),
        ("$5 and $6", "$6", "own=carried:none"),
        ("$5 or more", "$5", "own=bound after:or more"),
    ],
)
def test_what_a_bound_says_of_its_sum_and_of_the_next(text: str, told: str, feature: str) -> None:
    assert feature in told_of(text, told)


def test_lists_of_sums() -> None:
    text = "a total of $10: $4 now, $6 later. The $6 is due in May."
    context = context_of(text)
    whole, part, other, again = (mention_features(context, i) for i in context.by_label["MONEY"])
    assert {"list=sum_of_following", "list=largest:True", "list=rank:0", "list=in_sentence:3"} <= whole.keys()
    assert {"list=part_of_whole", "list=largest:False", "list=rank:1"} <= part.keys() and "list=told_before" not in part
    assert {"list=part_of_whole", "list=told_again", "list=rank:2"} <= other.keys()
    assert {"list=told_before", "list=rank:3", "list=in_sentence:1", "list=rank_from_end:0"} <= again.keys()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a royalty of 5% rising to 8% at last",
            {"link=order:up", "link=ratio:1", "link=sentences:0", "link=between:rise", "link=kind:PERCENT"},
        ),
        ("a royalty of 8%. It is 2% later", {"link=order:down", "link=ratio:4", "link=sentences:1"}),
        ("a royalty of 8% or 8%", {"link=order:same", "link=ratio:1", "link=between:or"}),
    ],
)
def test_links_of_rates(text: str, expected: set[str]) -> None:
    context = context_of(text)
    assert expected <= link_features(context, *context.by_label["PERCENT"]).keys()


def test_tiers_look_ahead() -> None:
    context = context_of("It pays a royalty of up to 8%. Rates depend on sales.")
    told = tier_features(context, *context.by_label["PERCENT"] * 2)
    assert {"tier=pattern:rate.figures", "tier=bound:cap", "tier=<royalti", "tier=next:depend"} <= told.keys()


def test_counts_keep_their_numbers() -> None:
    context = context_of("It may be renewed for two additional five-year terms.")
    told = count_features(context, the_mention(context, "five-year"))
    assert {
        "count=label:DURATION",
        "count=rule0:2",
        "count=rule1:2",
        "count=whole:2",
        "count=near:two additional",
        "count=L2:two",
    } <= told.keys()


def test_parties_are_told_by_what_they_do() -> None:
    context = context_of("Quillon licensed its dye to Marrow GmbH.")
    giver, taker = (party_features(context, number) for number in range(2))
    assert {"right=does:licens", "right=does:licens dye", "right=does:licens to", "own=legal:False", "own=order:0"} <= giver.keys()
    assert {"left=done:licens to", "left=link:to", "own=legal:True", "own=order:1", "near=R1:."} <= taker.keys()


def test_text_without_anything() -> None:
    assert text_features(context_of("")) == {"text=bias": 1.0}


PIECES = [
    "Quillon Inc.",
    "Marrow",
    "(the “Company”)",
    "$5",
    "$3 million",
    "up to",
    "5%",
    "low teens",
    "ten years",
    "royalty",
    "renewed",
    "until",
    "we",
]
PIECES += [
    "May 8, 2004",
    "fee",
    "pays",
    "upon",
    ".",
    ";",
    "(ii)",
    "\n\n",
    "The",
    "two additional",
    "$[***]",
    "[***]%",
    "net sales",
    "year to year",
]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map(" ".join) | st.text(max_size=40), st.sampled_from([None, "Quillon Inc."]))
def test_any_text_can_be_told_of(text: str, registrant: str | None) -> None:
    for told in all_features(context_of(text, registrant)):
        assert {name.split("=")[0] for name in told} <= set(GROUPS)


@pytest.mark.parametrize(
    ("text", "told", "untold"),
    [
        ("On May 8, 2004 Marrow will pay $5.", {"when=<will"}, {"when=<any:was"}),
        ("Under the former agreement, signed June 3, 2001, Marrow owed $5.", {"when=<any:former", "when=<owed"}, {"when=<will"}),
        ("It was signed in June 2004. In 2001 Marrow had paid $5.", {"when=<year:before", "when=before1:was"}, {"when=<year:now"}),
        ("A fee of $5 falls due on May 8, 2004.", {"when=year:now"}, {"when=>any:will"}),
    ],
)
def test_tense_and_years_tell_what_is_past(text: str, told: set[str], untold: set[str]) -> None:
    context = context_of(text)
    names = set(mention_features(context, the_mention(context, "$5")))
    assert told <= names
    assert not untold & names
