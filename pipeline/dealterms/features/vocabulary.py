"""Words that features single out, or pass over."""

from __future__ import annotations

STOPWORDS = frozenset("the a an of to in and or for on by with as at from its it is be that which this such any".split()) | frozenset(
    ",.()\"':-"
)


VERBS = frozenset(
    (
        "pay paid pays receive received receives grant granted grants license licensed purchase purchased purchases buy bought "
        "buys acquire acquired sell sold sells supply supplies fund funds funded reimburse reimbursed invest invested invests "
        "spend spent lend lent borrow borrowed contribute owe owed owes earn earned earns make made makes provide provides "
        "provided include includes total totals consist consists issue issued terminate terminated terminates expire expires "
        "renew renewed renews extend extended extends exercise exercised manufacture develop developed develops distribute "
        "distributes market markets commercialize commercializes collaborate announced entered agreed amended exceed exceeds "
        "exceeded reach reaches reached generate generated recorded reported had was were spent incurred estimated expects "
        "expected"
    ).split()
)


DEAL_WORDS = frozenset(
    (
        "licens option collabor research develop suppli distribut manufactur purchas asset acquisit franchis trademark brand "
        "patent settlement settl litig joint ventur grant contract govern mine royalti properti hotel game softwar product "
        "trial clinic univers servic amend termin credit loan note merger employ leas offer share dividend restat exclus promot "
        "store retail output stream"
    ).split()
)

# Whether a passage tells of what will be, is or was.
_TENSES = {
    "will": "will shall must may can".split(),
    "due": "to be obligated obliged eligible entitled agrees payable due".split(),
    "would": "would could might should".split(),
    "was": "was were did".split(),
    "had": ["had"],
    "has": "has have".split(),
    "is": "is are".split(),
    "owed": "owed paid received earned called provided required obliged ran granted gave made took bought sold held issued".split(),
    "former": (
        "former formerly prior previous previously original originally predecessor old older existing superseded replaced replaces "
        "instead earlier ago then-existing past expired lapsed ended terminated cancelled canceled deleted eliminated waived no longer"
    ).split(),
    "new": "new now amended restated revised instead hereafter henceforth currently".split(),
    "since": "since already date".split(),
}
TENSES = {word: name for name, words in _TENSES.items() for word in words}
