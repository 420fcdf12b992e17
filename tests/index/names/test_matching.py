"""Check which typed names find which written ones: ways to write a name, and near names."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.names.matching import TypedName

FOUND = """
Lucía Inés Robles Vega: Robles Vega LI; Robles Vega, L. I.; Robles Vega, L; Robles Vega L I
Lucía Inés Robles Vega: L. I. Robles Vega; Robles Vega, Lucía Inés; Lucía Inés Vega
Lucía Inés Robles Vega: Lucía Robles; Robles-Vega L; LI Robles Vega; robles vega li
Lucía Inés Robles Vega: li robles vega; Vega LIR; Vega, L.; Vega L; Robles LI; Lucía Vega
Lucía Inés Robles Vega: robles vega lucia ines; Robles Vega Lucía I; Robles Vega, Lucía I.
Lucía Inés Robles Vega: Luciaines Robles Vega
L. I. Robles Vega: Robles Vega LI; Robles Vega, L. I.; Robles Vega, L; Robles Vega, Lucía Inés
L. I. Robles Vega: Lucía Vega; Lucía Inés Vega; Lucía Inés Robles Vega; LI Robles Vega
L. I. Robles Vega: robles vega li; Vega LI; Vega L
Robles Vega LI: L. I. Robles Vega; Robles Vega, Lucía; Robles Vega L; robles vega li
Keane MT: Keane, M; Keane, M. T.; M. T. Keane; keane mt; mt keane; Mary T. Keane; M Keane
Keane M.: Keane, M; M. Keane; Mary Keane; Keane, Mary T.
Mary T. Keane: Keane MT; keane mt; mt keane; MT Keane; KEANE MT; Keane M; Keane, M. T.
Mary T. Keane: Keane, Mary; Keane Mary T; Mary Keane; M. T. KEANE; keane, mt; Keane M T
Jean-Luc Aubert: J.-L. Aubert; JL Aubert; Aubert JL; jl aubert; Jean Luc Aubert; Aubert J-L
Jean-Luc Aubert: Jeanluc Aubert; Aubert, Jeanluc; J L Aubert; Jean Aubert; J. Aubert
J.-L. Aubert: Jean-Luc Aubert; JL Aubert; Aubert, J; aubert jl; Jean Luc Aubert
Cian O'Shea: O Shea; O'Shea; OShea; o’shea; o shea c; Cian O Shea; O Shea, C; OShea C
Cian O Shea: O Shea; O'Shea; OShea; o shea cian; Cian O'Shea; C. O'Shea; O’Shea, C.
Rita D'Angelo: d angelo; D'Angelo; Dangelo; D Angelo R; R. D'Angelo; rita d angelo
Ugo Dell'Acqua: Dell Acqua; dellacqua u; Dell'Acqua U; dell acqua, ugo
Juan Ramón Robles Vega: Robles Vega JR; robles vega jr
Ivo Viktor Robles Vega: Robles Vega IV; robles vega iv
Rita D Angelo: D'Angelo; Dangelo; D'Angelo, R.; rita dangelo
Gus 't Zand: 't Zand; t zand; tzand; 't Zand, G; gus t zand; Zand G
Ian McRae: Mc Rae; McRae; mc rae i; Ian Mc Rae
Ian Mc Rae: McRae; mcrae i; Ian McRae; I. Mc Rae
Piet van den Hoek: vandenhoek; van den Hoek; Van Denhoek; vanden hoek; van den hoek p; Hoek P
Piet van den Hoek: P. van den Hoek; Vandenhoek, Piet; Hoek, Piet van den; VAN DEN HOEK P
Piet Vandenhoek: van den Hoek; vanden Hoek; P. van den Hoek; Van Den Hoek P
Piet Vanden Hoek: van den Hoek; Vandenhoek; P. van den Hoek
Ilse De Wit: de wit; dewit; De Wit I; de Wit, Ilse
Omar Al-Sayed: al sayed; alsayed; Al-Sayed; al-Sayed O; Sayed, O; O. Alsayed
Abd al-Karīm Nūrī: Abd al-Karim Nuri; Nuri, A; Nuri AK; Abd Alkarim Nuri
Dana Ben-Ari: ben ari; benari; Ben-Ari D; Ben Ari, Dana; D. BenAri
Ada Fox-Lane: fox lane; foxlane; Fox-Lane A; Foxlane, Ada
Alain de Saint-Rémy: saint remy; saintremy; Saint-Rémy A; de Saint-Remy, A.
Seo-Jun Kang: Kang Seo-Jun; Kang Seojun; Seo Jun Kang; Seojun Kang; Kang SJ; kang seo jun
Seo-Jun Kang: SJ Kang; S.-J. Kang; Kang, Seojun
Seojun Kang: Seo-Jun Kang; Kang Seo-Jun; Seo Jun Kang; kang seo jun; S. Kang
Seo Jun Kang: Seo-Jun Kang; Kang Seojun; Seojun Kang; Kang SJ
João da Rocha Pinto: Pinto J; Rocha Pinto J; da Rocha Pinto, João; Pinto JR; J. da Rocha Pinto
João da Rocha Pinto: Rocha Pinto, J.; Pinto, João da Rocha; joao pinto; darocha pinto
María del Pilar Soto Luna: Soto Luna M; Soto Luna, María; Luna, M.; Soto Luna, M. P.
Ana de la Torre: de la Torre A; delatorre; dela Torre; Torre A; De La Torre, Ana
K. V. Nair: Nair KV; Nair, K. V.; nair kv; kv nair; K.V. Nair; Nair K
Deepak Nair K V: K. V. Deepak Nair; Deepak Nair KV
R. S. T. Abdul Nazir: Abdul Nazir RST; Nazir, R. S. T.; Nazir RS; R. Nazir
Nguyễn Văn Tâm: Nguyen Van Tam; Van Tam Nguyen; Nguyen Tam
Kovács Béla: Béla Kovács; kovacs bela
Amos B. Reed Jr.: Reed AB Jr; Reed, Amos B., Jr.; Reed AB; A. B. Reed
Amos B. Reed III: Reed AB 3rd; Reed AB III; Reed, A. B., III
Plotinus: plotinus; Plotinus
Li Qu: li qu; Li Qu; qu li; Qu, Li; L. Qu; Qu L
Bo Wu: bo wu; wu bo; Wu B; B. Wu
An Do: an do; do an; Do, An
A. Ng: Ng A; ng a; A Ng; Ng, Ada
"""
"""Lines of a written name and what finds it."""

NEAR = """
Mary T. Keane: Keane TM; T. Keane; Keane, Mark; Keane MB; kean mt; Mary B. Keane; Keane MTA
T. M. Keane: M. Keane; Keane M; Keane, Mary; M. T. Keane; keane mt
Lucía Inés Robles Vega: Vega Robles LI; Robles Vega IL; Vega, P; Robles, I
Li Qu: Xi Qu; Qu X; Liqu; L. I. Qu; Qu, Lin
Dewang Rao: De Wang; dewang k
Benny Wan: Ben Wan; Ben Ny
O. Shea: O'Shea; OShea; Cian O'Shea
Cian O. Shea: O'Shea; OShea
Ian MacRae: McRae; Mc Rae
Ian McRae: MacRae; Mac Rae; McRay
Piet van den Hoek: van der Hoek; Vanderhoek; Hoek, J
Seojun Kang: Seo Kang; Jun Kang; Seo-Min Kang; Kang SJ Min
Seo-Jun Kang: Seo-Jin Kang; Kang SM; J. Kang; Kang Jun-Seo
Jean-Luc Aubert: Jean-Marc Aubert; L. Aubert; Aubert JM; Luc Aubert-Roy
John D Martin: D'Martin; Dmartin
Dana Ben-Ari: D. Ari; Ari, Ben
Ana Lopes: Lopes Rui; Ana Dias
Mira Kadam: Ka Dam; M. Dam
M. B. King: Martin Luther King; Min-Jun King
"""
"""Lines of a written name and what must not find it."""


def read_pairs(table: str) -> list[tuple[str, str]]:
    """Return (written, typed) pairs of a table."""
    rows = [line.split(": ", maxsplit=1) for line in table.strip().splitlines()]
    return [(written, typed) for written, texts in rows for typed in texts.split("; ")]


@pytest.mark.parametrize(("written", "typed"), read_pairs(FOUND))
def test_a_name_is_found_in_every_way_it_is_typed(written: str, typed: str) -> None:
    """Orders, initials, particles, hyphens and case never hide a name."""
    assert TypedName(typed).matches(written)


@pytest.mark.parametrize(("written", "typed"), read_pairs(NEAR))
def test_a_near_name_is_not_found(written: str, typed: str) -> None:
    """Other initials, other given names and other surnames are other people."""
    assert not TypedName(typed).matches(written)


GIVEN = st.sampled_from("Lena Omar Zoltán Ingrid Paulo Yusuf Beatriz Håkon Chiara Wim".split())
SURNAMES = st.sampled_from("Brandt Oliveira Castellano Nakamura Lindqvist Moreau Haddad".split())
SURNAME = re.compile("[A-Z][a-z]{3,}")
PARTICLES = st.sampled_from(["", "", "van ", "van der ", "de la ", "da ", "O'", "D'", "Al-", "Mc"])


@st.composite
def people(draw: st.DrawFn) -> tuple[list[str], str]:
    """Draw given names and a family name of one or two surnames."""
    given_names = draw(st.lists(GIVEN, min_size=1, max_size=3, unique=True))
    surnames = draw(st.lists(SURNAMES, min_size=1, max_size=2, unique=True))
    particle = draw(PARTICLES) if len(surnames) == 1 else ""
    return given_names, particle + " ".join(surnames)


def write_in_all_ways(given_names: list[str], family: str) -> list[str]:
    """Write a name as people, PubMed, Crossref and BibTeX do."""
    letters = [name[0] for name in given_names][:2]
    full, glued, dotted = " ".join(given_names), "".join(letters), ". ".join(letters) + "."
    written = [
        f"{full} {family}", f"{family}, {full}", f"{family} {full}", f"{family}, {dotted}",
        f"{dotted} {family}", f"{family} {glued}", f"{glued} {family}", f"{family}, {glued}",
        f"{family} {' '.join(letters)}", f"{' '.join(letters)} {family}", f"{family} {letters[0]}",
        f"{given_names[0]} {family}", f"{family}, {given_names[0]}",
        f"{full} {family.replace(' ', '-')}",
    ]  # fmt: skip
    apart = family.replace("'", " ").replace("Mc", "Mc ").replace("-", " ")
    together = "".join(character for character in family if character.isalpha())
    if len(family.split()) == 1 or not family[0].isupper():  # not of two surnames
        written += [f"{full} {apart}", f"{apart} {glued}", f"{together} {glued}", together, apart]
    return [*written, *map(str.lower, written), *map(str.upper, written)]


@given(people())
def test_any_name_is_found_in_every_way(person: tuple[list[str], str]) -> None:
    """However a name is written, it finds the person's display form."""
    given_names, family = person
    display = f"{' '.join(given_names)} {family}"
    written = write_in_all_ways(given_names, family)
    assert [typed for typed in written if not TypedName(typed).matches(display)] == []


@given(people())
def test_bare_initials_are_found_by_the_full_name(person: tuple[list[str], str]) -> None:
    """A paper that prints only initials is found by the whole name and by the same initials."""
    given_names, family = person
    letters = [name[0] for name in given_names][:2]
    displays = (f"{'. '.join(letters)}. {family}", f"{family} {''.join(letters)}")
    written = (f"{family}, {' '.join(given_names[:2])}", f"{family} {''.join(letters)}")
    pairs = product(displays, written)
    assert [pair for pair in pairs if not TypedName(pair[1]).matches(pair[0])] == []


@given(people(), people())
def test_nobody_else_is_found(one: tuple[list[str], str], two: tuple[list[str], str]) -> None:
    """A name that shares no surname is not found."""
    typed = f"{one[1]}, {' '.join(one[0])}"
    display = f"{' '.join(two[0])} {two[1]}"
    shared = set(SURNAME.findall(one[1])) & set(SURNAME.findall(two[1]))
    assert shared or not TypedName(typed).matches(display)
