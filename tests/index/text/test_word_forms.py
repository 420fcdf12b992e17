"""Check which spellings and plurals share a stem, and which words must not."""

import pytest

from index.text.stems import stem
from index.text.word_forms import normalise_form

SAME = """
    colour color colours colored coloured colouring, behaviour behavior, behavioural behavioral,
    neighbourhood neighborhood, neighbouring neighboring, favourable favorable, labour labor,
    tumour tumors, vapour vapor, rigour rigor, odour odors, endeavour endeavor, honour honor,
    optimise optimize optimised optimized optimising optimisation optimization optimisations,
    optimiser optimizer, generalisable generalizable, generalisability generalizability,
    organisation organization, organisational organizational, characterise characterize,
    recognise recognize, minimises minimizes, tokeniser tokenizers, criticise criticize,
    relativise relativize, specialised specialized, randomised randomized, analyse analyze analysing
    analyzing analysed analyzed analyses analysis analyser analyzer, catalyse catalyze catalysis,
    paralyse paralyzed paralysis, hydrolysis hydrolyses hydrolyze, centre center centres centers
    centred centered centring centering, epicentre epicenter, fibre fiber fibres, theatre theaters,
    kilometre kilometers, litre liter, calibre caliber, spectre specter, manoeuvre maneuver
    manoeuvres manoeuvred manoeuvring maneuvering, manoeuvrability maneuverability,
    catalogue catalog catalogues catalogued cataloguing, dialogue dialog dialogues, analogue analog,
    monologue monolog, modelling modeling modelled modeled model, labelled labeled,
    travelling traveling, signalling signaling, cancelled canceled, fuelled fueled,
    dialling dialing, trialled trialed, counsellor counselor, focussed focused focus,
    programme program programmes programs programming, enrolment enrollment, fulfil fulfill,
    skilful skillful, distil distill, jewellery jewelry, haemoglobin hemoglobin,
    haemorrhage hemorrhage, anaemia anemia, leukaemia leukemia, ischaemic ischemic,
    anaesthesia anesthesia, paediatric pediatric, orthopaedic orthopedic, oestrogen estrogen,
    oesophageal esophageal, foetal fetal, foetus fetus, faecal fecal, gynaecology gynecology,
    coeliac celiac, caesium cesium, aetiology etiology, oedema edema, lymphoedema lymphedema,
    diarrhoea diarrhea, dyspnoea dyspnea, homoeostasis homeostasis, archaeology archeology,
    palaeolithic paleolithic, mediaeval medieval, aesthetic esthetic, leucocyte leukocytes,
    sulphur sulfur, sulphate sulfates, aluminium aluminum, grey gray, greyscale grayscale,
    mould mold, plough plow, tyre tires, defence defense, offence offense, licence license,
    practise practice practising, sceptical skeptical, artefact artifacts, enquiry inquiry,
    judgement judgment, acknowledgement acknowledgment, disc disks, learnt learned, ageing aging,
    usable useable, sizeable sizable, preventative preventive, aeroplane airplane, mouse mice,
    man men, woman women, child children, foot feet, tooth teeth, goose geese, ox oxen,
    parametrise parametrize parameterised parameterization, consortium consortia, stadiums stadia,
    compendium compendia, aquariums aquaria, self selves, referendum referenda,
    sporangium sporangia,
    vertex vertices, submatrix submatrices, index indexes, helix helices, appendix appendices,
    simplex simplices, vortex vortices, cortex cortices, apex apices, hypothesis hypotheses,
    thesis theses, crisis crises, axis axes, synthesis syntheses, parenthesis parentheses,
    diagnosis diagnoses, metastasis metastases, oasis oases, criterion criteria,
    phenomenon phenomena, automaton automata, polyhedron polyhedra, bacterium bacteria,
    cyanobacterium cyanobacteria, spectrum spectra, corpus corpora, genus genera, stratum strata,
    optimum optima, minimum minima, maximum maxima, equilibrium equilibria, nucleus nuclei,
    radius radii, stimulus stimuli, locus loci, fungus fungi, torus tori, formula formulae formulas,
    larva larvae, antenna antennae, alga algae, supernova supernovae, schema schemata schemas,
    stigma stigmata, plateau plateaux plateaus, taxon taxa, phylum phyla, epithelium epithelia,
    fibroma fibromata, alveolus alveoli, nebula nebulae, papilla papillae, calculus calculi,
    hypothalamus hypothalami, bureau bureaux, oestrus estrus, caecum cecum, neurone neurons,
    wolf wolves, leaf leaves, shelf shelves, knife knives, half halves, life lives, wife wives,
    lens lenses, gas gases, bus buses, bias biases, quiz quizzes, llm llms, cnn cnns, gpu gpus,
    svm svms
"""
"""Words that share a stem."""

APART = """
    thesis these, vertical vertices, indicate indices, cortical cortices, leave leaf, axis axe,
    live life, four for, our or, hour hor, media medium, disco disc, basis base, media mediaeval,
    data date, new news, http https, gps gp, css cs, genesis gene, matrix matron, corpus corporal,
    foot feed, learnt lear, gray gram, physics physician, chassis chase, size sise, contour contor,
    discourse discord
"""
"""Words that do not."""

NO_SUFFIX = (
    "exercise promise premise compromise precise concise wise pairwise otherwise arise rise "
    "sunrise raise praise noise denoise poise advise devise revise supervise unsupervised "
    "improvise televise disguise surprise enterprise comprise demise expertise franchise "
    "merchandise treatise paradise excise incise cruise bruise despise advertise denoising "
    "comprising promising"
).split()


def read_groups(text: str) -> list[list[str]]:
    """Return the words of each comma-separated entry."""
    return [entry.split() for entry in text.split(",")]


@pytest.mark.parametrize("words", read_groups(SAME), ids=lambda words: words[0])
def test_spellings_and_plurals_share_a_stem(words: list[str]) -> None:
    """All forms of a word are found by any of them."""
    assert {word: stem(word) for word in words} == dict.fromkeys(words, stem(words[0]))


@pytest.mark.parametrize(("one", "other"), read_groups(APART))
def test_other_words_do_not(one: str, other: str) -> None:
    """A rule for one word does not catch another."""
    assert stem(one) != stem(other)


@pytest.mark.parametrize("word", NO_SUFFIX)
def test_ise_is_not_always_a_suffix(word: str) -> None:
    """The ``ise`` of noise or precise is part of the word."""
    assert normalise_form(word) == word


def test_supervision_keeps_its_verb() -> None:
    """Words without the suffix share their stems with their nouns as before."""
    for one, other in (
        ("supervise", "supervision"),
        ("precise", "precision"),
        ("revise", "revision"),
    ):
        assert stem(one) == stem(other)


def test_names_of_one_letter_and_none_are_left_alone() -> None:
    """The rules need letters before the endings that they replace."""
    for word in ("a", "is", "s", "our", "ss", "re", "men", "mae", "vae", "kitti", "sis"):
        assert normalise_form(word) in {word, "man"}
