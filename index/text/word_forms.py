"""Rewrite spellings and plurals that the stemmer would keep apart from other forms of a word.

British spellings become American ones, since Snowball knows the suffix ``ize`` but not ``ise``, and
irregular plurals become their singulars. A rewritten word is only ever stemmed, never shown, so it
need not be a word. To add a word, add it to the table that fits; the tests list pairs that must
share a stem and pairs that must not.
"""

import re
from collections.abc import Iterator
from functools import cache


def _read_pairs(text: str) -> Iterator[tuple[str, str]]:
    """Yield (form, word) from entries of a word and its other forms, separated by commas."""
    for entry in text.split(","):
        word, *forms = entry.split()
        yield from ((form, word) for form in forms)


_ENDINGS = dict(_read_pairs("""
    woman women, child children, foot feet, tooth teeth, wife wives, knife knives, shelf shelves,
    vertex vertices, submatrix submatrices, directrix directrices, appendix appendices,
    vortex vortices, cortex cortices, helix helices, simplex simplices, spectrum spectra,
    bacterium bacteria, phenomenon phenomena, automaton automata, hedron hedra, stratum strata,
    corpus corpora, criterion criteria, equilibrium equilibria, extremum extrema,
    continuum continua, nucleus nuclei, radius radii, stimulus stimuli, coccus cocci, campus campi,
    thalamus thalami, culus culi, ula ulae, ella ellae, illa illae, ina inae, nova novae,
    antenna antennae, vertebra vertebrae, larva larvae, genus genera, phylum phyla, thelium thelia,
    oma omata, zoon zoa, eau eaux, plateau plateaus
"""))  # fmt: skip
"""The singular by the plural, also at the end of longer words: ``submatrices``."""

_WORDS = dict(_read_pairs("""
    mouse mice, indicis indices, louse lice, goose geese, ox oxen, man men, fisherman fishermen,
    craftsman craftsmen, policeman policemen, fireman firemen, salesman salesmen, layman laymen,
    freshman freshmen, gentleman gentlemen, sportsman sportsmen, businessman businessmen,
    workman workmen, half halves, leaf leaves, life lives, wolf wolves, calf calves, thief thieves,
    loaf loaves, elf elves, scarf scarves, hoof hooves, dwarf dwarves, quantum quanta,
    momentum momenta, optimum optima, maximum maxima, serum sera, minimum minima, ovum ova,
    symposium symposia, curriculum curricula, millennium millennia, memorandum memoranda,
    atrium atria, cilium cilia, flagellum flagella, cranium crania, erratum errata,
    addendum addenda, ganglion ganglia, mitochondrion mitochondria, taxon taxa, septum septa,
    femur femora, protozoon protozoan, schema schemata, stigma stigmata, lemma lemmata,
    rostrum rostra, dogma dogmata, data datum, locus loci, focus foci, fungus fungi, cactus cacti,
    syllabus syllabi, terminus termini, alumnus alumni, torus tori, annulus annuli, modulus moduli,
    villus villi, thrombus thrombi, embolus emboli, gyrus gyri, sulcus sulci, meniscus menisci,
    octopus octopi, nucleolus nucleoli, alveolus alveoli, bronchus bronchi, humerus humeri,
    rhombus rhombi, papyrus papyri, stylus styli, ramus rami, alga algae, pupa pupae, hypha hyphae,
    lacuna lacunae, pinna pinnae, tibia tibiae, aorta aortae, ameba amoebae amebae,
    persona personae, trachea tracheae, bursa bursae, cornea corneae, bureau bureaus, varix varices,
    axis axes, thesis theses, crisis crises, oasis oases, stasis stases, testis testes,
    sepsis sepses, apex apices, codex codices, radix radices, calyx calyces, phalanx phalanges,
    lenses lens, gas gases, bus buses, iris irises, quiz quizzes, gpu gpus, cpu cpus, tpu tpus,
    npu npus, imu imus, fpga fpgas, gru grus, bci bcis, mri mris, relu relus, vla vlas,
    gray grey greys grays, tire tyre, tires tyres, disk disc, disks discs, curb kerb, curbs kerbs,
    center centre, saber sabre, sabers sabres, specter spectre, specters spectres, luster lustre,
    titer titre, titers titres, meager meagre, somber sombre, scepter sceptre, miter mitre,
    ocher ochre, theater theatre, math maths, airplane aeroplane, airplanes aeroplanes,
    mustache moustache, mustaches moustaches, learned learnt, burned burnt, dreamed dreamt,
    spoiled spoilt, leaped leapt, preventive preventative, oriented orientated, cozy cosy,
    yogurt yoghurt, pajamas pyjamas, gram gramme, grams grammes, kilogram kilogramme,
    kilograms kilogrammes, program programme, programs programmes, jewelry jewellery,
    connection connexion, connections connexions, neuron neurone, neurons neurones,
    consortium consortia, compendium compendia, stadium stadia, aquarium aquaria, self selves,
    referendum referenda, moratorium moratoria, gymnasium gymnasia, sanatorium sanatoria,
    cumulus cumuli, operculum opercula, sporangium sporangia, desideratum desiderata,
    skillful skilful, willful wilful, woolen woollen
"""))  # fmt: skip
"""The word whose stem is used, by another form of it. Not listed: ``bases``, ``media``, ``dice``,
which are more often plurals of other words or words of their own, and ``matrices`` and ``indices``,
which `search.planning.spellings` handles; the latter only keeps its stem apart from indicate's."""

_NO_SUFFIX = (
    r"(?<=\w\w)(?<![aouvw])(?<!^ar)(?<!sunr)(?<!pr)(?<!prom)(?<!prem)(?<!prec)(?<!conc)(?<!exc)"
    r"(?<!^inc)(?<!exerc)(?<!circumc)(?<!exorc)(?<!^expert)(?<!^treat)(?<!advert)(?<!franch)"
    r"(?<!chand)(?<!parad)(?<!^dem)(?<!^desp)(?<!chast)(?<!mort)(?<!chem)(?<!^val)(?<!pract)"
)
"""What stands before ``ise`` if that is no suffix: in noise, pairwise, supervise or precise."""

_PARTS = (
    ("is", _NO_SUFFIX + r"is(?=(?:e[ds]?|ers?|ing|ations?|able|ability|ational)(?:ly)?$)", "iz"),
    ("tivis", r"(?<=ti)vis(?=(?:e[ds]?|ing|ations?)$)", "viz"),
    ("our", "(behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|rum|sav|savi)our", r"\1or"),
    ("our", "(arb|ard|arm|cand|clam|demean|enam|ferv|glam|od|parl|ranc|rig)our", r"\1or"),
    ("our", "(splend|succ|tum|val|vap|vig)our", r"\1or"),
    ("manoeuv", "manoeuv", "maneuv"),
    ("re", "(calib|cent|fib|lit|maneuv|met|theat)re(?=s?$)", r"\1er"),
    ("re", "^(cent|fib)re(?=board|fold|glass|less|line|optic|piece|scope)", r"\1er"),
    ("ntr", "centr(?=ed$|ing$)", "center"),
    ("uvr", "maneuvr(?=ed$|ing|ab)", "maneuver"),
    ("ogu", "(anal|catal|dial|epil|homol|monol|orthol|paral|prol)ogu(e(?=s?$)|(?=[ei]))", r"\1og"),
    ("lyz", "lyz(?=e|i)", "lys"),
    ("sis", r"(?<=\w{4})(?<!chas)sis$", "ses"),
    ("haem", "haem", "hem"),
    ("aemi", "aemi", "emi"),
    ("aesth", "aesth", "esth"),
    ("paed", "paed", "ped"),
    ("oes", "(^|o)oe(?=str|soph)", r"\1e"),
    ("foet", "^foet", "fet"),
    ("faec", "^faec", "fec"),
    ("gynaec", "gynaec", "gynec"),
    ("coeli", "^coeli", "celi"),
    ("cae", "^cae(?=c|s)", "ce"),
    ("aetiol", "aetiol", "etiol"),
    ("mediaev", "mediaev", "mediev"),
    ("aeo", "(arch|pal)aeo", r"\1eo"),
    ("homoeo", "homoeo", "homeo"),
    ("amoeb", "amoeb", "ameb"),
    ("oedem", "(?<!i)oedem", "edem"),
    ("oea", "(rrh|pn)oea", r"\1ea"),
    ("leucoc", "leucoc", "leukoc"),
    ("sulph", "sulph", "sulf"),
    ("aluminium", "aluminium", "aluminum"),
    ("grey", "^grey|grey$", "gray"),
    ("mould", "mould", "mold"),
    ("plough", "plough", "plow"),
    ("ence", "(def|lic|off|pret)enc(?=e)", r"\1ens"),
    ("practis", "practis(?=e|i)", "practic"),
    ("sceptic", "sceptic", "skeptic"),
    ("parametri", "parametri(?=[sz])", "parameteri"),
    ("artefact", "artefact", "artifact"),
    ("enquir", "enquir", "inquir"),
    ("gement", "(abrid|acknowled|jud)gement", r"\1gment"),
    ("ss", "(bia|focu)ss(?=e|i)", r"\1s"),
    ("ll", "(dia|due|fue|tria)ll(?=e[dr]|ing)", r"\1l"),
    ("sellor", "counsellor", "counselor"),
    ("eab", "(^us|siz|^lik|mov)eab", r"\1ab"),
    ("s", "^(?!https$)([^aeiouy]{3,}(?<!s))s$", r"\1"),
)  # fmt: skip
"""What replaces a part of a word, with letters that every such word has. The last pattern is for
plurals of acronyms, ``LLMs``: they have no vowel, so that Snowball keeps the ``s``. Words in
``sis`` are rewritten as their plurals, whose stems are those of their verbs: analysis, analyse."""

_compile = cache(re.compile)
"""Compiles a pattern when the first word needs it, since a search stems few words."""

_ENDING = re.compile(f"({'|'.join(_ENDINGS)})$")
_LAST_LETTERS = tuple({form[-2:] for form in _ENDINGS})


def normalise_form(word: str) -> str:
    """Return the form of a folded word whose stem is used; most words are returned unchanged."""
    if known := _WORDS.get(word):
        return known
    if word.endswith(_LAST_LETTERS):
        word = _ENDING.sub(lambda found: _ENDINGS[found[1]], word)
    for sign, pattern, replacement in _PARTS:
        # Looking for these letters first halves the time, to 5 µs a word.
        if sign in word:
            word = _compile(pattern).sub(replacement, word)
    return word
