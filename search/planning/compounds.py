"""List parts of compounds that people write joined, with a hyphen or apart.

Most compounds need no entry: a joined word is split where papers have both parts at least as often
as the joined word. Here are the parts that may be rarer, and those that must not be split off.
"""

from index.text.stems import stem
from search.language.stopwords import STOP_WORDS

PREFIXES = frozenset(
    "ante anti auto bi bio co contra counter cross cyber eco electro endo exo extra geo hemi "
    "hetero homo hydro hyper hypo infra inter intra iso macro magneto mega meta micro mid mini "
    "mono multi nano neo neuro non omni opto ortho para peri photo piezo poly post pre proto "
    "pseudo psycho quasi retro self semi sensori socio spatio sub super supra tele thermo "
    "trans tri turbo ultra uni visuo".split()
)
"""First parts of very many words."""

SECOND_PARTS = frozenset(
    map(
        stem,
        "back base bed board box care case cast check cut day field flow fold frame ground "
        "guard head held hold house kind land level life light line load long man map mark mate "
        "max model net page paper piece place plane point port print proof scale scape scope "
        "screen sense set ship side site space speed spread stage step stone storm stream strip "
        "structure task term text throughput time tip type ware wave way web weight wide wise "
        "word work world".split(),
    )
)
"""Stems of second parts of very many words."""

LISTED = frozenset(
    (first, stem(second))
    for first, second in (
        compound.split("-")
        for compound in (
            "b-cell b-spline b-tree c-arm c-means e-book e-business e-cigarette e-commerce "
            "e-government e-health e-learning e-mail e-nose e-science e-shop e-textile e-vehicle "
            "e-voting e-waste f-divergence f-measure f-score g-protein h-index i-vector k-core "
            "k-fold k-means k-medoid k-mer k-nn k-space m-estimator m-health n-best n-body n-gram "
            "n-type p-adic p-type p-value q-function q-learning q-network q-switched q-value "
            "r-tree s-matrix s-wave t-cell t-norm t-sne t-statistic t-test u-net u-shaped v-net "
            "v-shaped x-axis x-ray x-vector y-axis z-axis z-score z-test z-transform ad-hoc "
            "hi-fi re-admission re-analysis re-calibrate re-configure re-construct re-define "
            "re-design re-engineer re-entry re-estimate re-evaluate re-examine re-id "
            "re-identification re-identify re-implement re-infection re-label re-order "
            "re-organize re-parameterize re-plan re-purpose re-rank re-route re-sample re-scale "
            "re-structure re-target re-think re-train re-use re-visit re-weight re-write wi-fi"
        ).split()
    )
)
"""Compounds that begin with a letter, and a few others with a short part: the first part and the
stem of the second."""

PARTICLES = frozenset("down off out over under up".split())
"""Stop words that may be a part of a compound: ``overfitting``, ``trade-off``, ``set up``. Others
are not, since "in form" is not ``inform`` and "a symmetric" is not ``asymmetric``."""

WITH_STOP_WORDS = {
    f"{first}{second}": (first, second)
    for first, second in (
        ("add", "on"), ("built", "in"), ("burn", "in"), ("clip", "on"), ("log", "in"),
        ("on", "board"), ("on", "chip"), ("on", "line"), ("on", "site"), ("plug", "in"),
        ("sign", "in"), ("stand", "by"), ("stand", "in"),
    )
}  # fmt: skip
"""Compounds with other stop words."""

_STOP_STEMS = frozenset(map(stem, STOP_WORDS))
_SUFFIXES = frozenset("able ably ability less ment ness".split())


def may_be_part(word: str) -> bool:
    """Return whether a word may be a part of a compound."""
    return _is_particle(word) or not (word in _SUFFIXES or stem(word) in _STOP_STEMS)


def is_frequent_part(first: str, second: str) -> bool:
    """Return whether a compound of two parts is one by its first or second part."""
    if (first, stem(second)) in LISTED:
        return True
    if min(len(first), len(second)) == 1:
        return False
    return (
        first in PREFIXES
        or first in PARTICLES
        or _is_particle(second)
        or stem(second) in SECOND_PARTS
    )


def _is_particle(word: str) -> bool:
    """Return whether a word is a particle, or its plural as in ``tradeoffs``."""
    return word in PARTICLES or word.removesuffix("s") in PARTICLES
