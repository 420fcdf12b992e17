"""Papers and queries that all engines are tested with.

The papers share words, years, names and venues in many combinations; the queries use every
construct of the language.
"""

import random
from collections.abc import Iterator

from search.request.facets import Selection

WORDS = (
    "graph neural deep learning theory c++ C# T5 Q-learning o'brien naïve 机器学习 of the".split()
)
PEOPLE = "Ming Li; Ming Xu Li; Wei Li; M. Li; Ada Lovelace; Plato; Łukasz Zet; 王伟; J. Müller"
STATUSES = ["", "", "", "oral", "withdrawn", "rejected", "retracted"]
PLACES = ["Orbit Lab", "University of Ur"]


def make_records() -> Iterator[dict[str, object]]:
    """Yield records that share words, years and names, and one id twice."""
    choice, dates = random.Random(11), random.Random(12)
    for number in range(60):
        record: dict[str, object] = {
            "id": f"made-{number:02}",
            "title": " ".join(choice.choices(WORDS, k=choice.randint(1, 6))),
            "abstract": " ".join(choice.choices(WORDS, k=choice.choice([0, 5, 40, 120]))),
            "authors": [
                {"name": name, "affiliations": choice.sample(PLACES, choice.randint(0, 2))}
                for name in choice.sample(PEOPLE.split("; "), choice.randint(0, 4))
            ],
            "topics": choice.sample(
                ["graphs", "deep learning", "C++", "理論"], choice.randint(0, 3)
            ),
            "status": choice.choice(STATUSES),
            "citations": choice.choice([None, 0, 0, 7, 2_000_000]),
            "language": choice.choice(["", "en", "zh"]),
            "ids": {"doi": f"10.1145/{number}.7", "arxiv": f"2001.{number:05}"},
        }
        years = choice.sample([1999, 2019, 2020, 2021, None], choice.randint(0, 3))
        record["appearances"] = [
            {"venue": choice.choice(["ICML", "NeurIPS", "arXiv", "Nature"]), "year": year,
             "type": choice.choice(["preprint", "journal article", "thesis"]),
             "date": f"{year or ''}{dates.choice(['', '-03', '-07-15', '-07-31'])}"}
            for year in years
        ]  # fmt: skip
        yield record
    yield {"id": "made-07", "title": "deep graph again", "abstract": "the later of two records"}


QUERIES = """
*
date:2019-07
date:2019-07-15..2020-03
date:>=2020-04
deep -date:2019..2020-07-20
has:date has:doi
-has:abstract
deep venue:*
learning
Learning learned learns
deep learning
attention is all you need
neural machine translation
transformer attention mechanism language
the of and
of
to be or not to be
graph graph graph
"neural network"
"neural networks"
"deep learning"
"attention is all you need"
"of the"
"the the"
"a"
"neural network"~1
"network neural"~2
"network neural"~1
"neural translation"~3
"deep neural networks"~2
"networks deep neural"~4
"graph neural deep"~1
"graph neural deep"~5
"deep deep"~2
"graph deep learning theory"~6
title:"neural networks"~2
"nothing of this kind"~3
deep AND graph
deep OR graph
deep NOT graph
deep -graph
-deep
NOT deep
NOT (deep OR learning)
-deep -learning
+deep graph
+graph +deep -theory
deep AND (graph OR theory)
(deep OR neural) AND (graph OR learning) -c++
deep OR graph OR theory OR quantum
deep AND NOT (graph AND theory)
(deep) ((learning))
NOT NOT deep
-(deep -graph)
graph OR -deep
title:learning
ti:learning
t:deep
title:(deep learning)
title:"deep learning"
abstract:network
abs:network
ab:"neural network"
author:hinton
au:hinton
a:bengio
by:"Yoshua Bengio"
author:"Bengio, Yoshua"
author:"Y. Bengio"
author:"Bengio, Y"
author:^bengio
author:^"Yoshua Bengio"
author:^lecun
author:"bengio yoshua"
author:li
author:"Ming Li"
author:"Li, Ming"
author:"M. Li"
author:"Ming Xu Li"
author:^"Ming Li"
author:^li
author:王伟
author:müller
author:"J. Muller"
author:łukasz
author:"Lovelace, Ada"
author:plato
author:beng*
author:(ming wei)
author:bengoi~
venue:neurips
ve:icml
in:nature
journal:nature
venue:"neural information processing"
venue:nips
topic:graphs
to:"deep learning"
keyword:c++
cat:理論
institution:orbit
inst:"university of ur"
aff:ur
year:2020
y:1999
date:2019..2020
year:2019..
year:..1980
year:[2019 TO 2020]
year:[* TO 1970]
year:>=2020
year:<1960
year:>2020
-year:1900..2100
year:1999 year:2020
year:1999 OR year:2021
citations:>100
cited:0
citations:0..7
citations:>=2000000
type:preprint
type:"journal article"
type:thesis -type:preprint
status:withdrawn
status:oral
status:rejected OR status:retracted
source:json
src:papersearch
language:zh
lang:en
doi:10.1145/7.7
10.1145/12.7
arxiv:2001.00013
eprint:1706.03762
arXiv:1706.03762
https://arxiv.org/abs/1706.03762
id:made-07
id:vaswani-2017-attention
id:nothing
neur*
*former
wom?n
t*n
?eep
gr?ph*
l*rn*ng
title:trans*
abstract:*ization
author:?ing
*learn*
c*
levine~
grpah~
gahpr~2
neurla~
lerning~1
deep~2
title:atention~
abstract:netwrk~2
teh~
deep^3 graph
deep graph^0.5
(deep OR graph)^2 theory
"neural network"^4 learning
bengio learning
hinton 2012
learning 2015 nips
ming li graph
kaiser attention
2020
1999 graph
icml
neurips 2020
Nature deep
c++
C#
T5
Q-learning
q learning
"Q-learning"
title:c++
o'brien
obrien
naive
NAÏVE
机器学习
机器
"机器学习"
学习 graph
title:学习
learnig
deep lerning
atention is al you ned
neural machin translatoin
transfromer
zzzzqqq
deep zzzzqqq
graph neural deep theory quantum
a survey of deep learning methods for graphs in theory and practice
how do neural networks learn to translate between languages without seeing examples
what is the complexity of sorting and how is it proven
neural net
attentio
deep lear
foo:bar deep
"unclosed deep
(deep
deep )
AND
year:soon
""
&&& deep
deep\tgraph
title: deep
""".strip().splitlines()

FILTERED = [
    ("*", {"venue": Selection(("ICML",))}),
    ("*", {"venue": Selection(("ICML", "Nature")), "year": Selection(("2020",))}),
    ("deep", {"venue": Selection(excluded=("arXiv",))}),
    ("deep", {"year": Selection(low=2019, high=2020)}),
    ("deep", {"year": Selection(("1999",), low=2020)}),
    ("graph", {"year": Selection(excluded=("2019",)), "type": Selection(("preprint",))}),
    ("graph", {"author": Selection(("Ming Li",))}),
    ("*", {"author": Selection(("Ada Lovelace",), excluded=("Plato",))}),
    ("*", {"topic": Selection(("C++", "理論"))}),
    ("*", {"institution": Selection(("Orbit Lab",), excluded=("University of Ur",))}),
    ("learning", {"language": Selection(("zh",))}),
    ("learning", {"status": Selection(("withdrawn", "oral"))}),
    ("learning", {"status": Selection(excluded=("withdrawn",))}),
    ("deep lerning", {"venue": Selection(("ICML",)), "source": Selection(("jsonl",))}),
    ("neur*", {"venue": Selection(("no such venue",))}),
    ("deep neural graph theory", {"type": Selection(("thesis",))}),
]  # fmt: skip
