"""The boxes and ratios of biology/punnett_square equal chances multiplied gene by gene, and its dice are fair."""

import functools
import itertools
from fractions import Fraction

import pytest
from scipy.stats import chisquare

HANDS_ON = {"pure dominant": Fraction(1), "mixed": Fraction(1, 2), "pure recessive": Fraction(0)}
PARENTS = list(itertools.product(HANDS_ON, repeat=2))
each_pair = pytest.mark.parametrize(("first", "second"), PARENTS)


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "biology/punnett_square")


def chances(first, second):
    """The chances of two, one and no dominant allele: a product of what each parent hands on."""
    p, q = HANDS_ON[first], HANDS_ON[second]
    return {2: p * q, 1: p * (1 - q) + q * (1 - p), 0: (1 - p) * (1 - q)}


@each_pair
def test_one_gene_gives_the_chances_of_the_product_rule(run, first, second):
    names = run(first_parent=first, second_parent=second)
    boxes = names["CHILDREN"]
    for dominant, chance in chances(first, second).items():
        assert Fraction(sum(text.count("A") == dominant for text in boxes), len(boxes)) == chance


@each_pair
def test_two_genes_are_handed_on_independently(run, first, second):
    names = run(genes="two genes", first_parent=first, second_parent=second)
    one = chances(first, second)
    shows = one[2] + one[1]
    expected = {
        "round yellow": shows * shows,
        "round green": shows * (1 - shows),
        "wrinkled yellow": (1 - shows) * shows,
        "wrinkled green": (1 - shows) ** 2,
    }
    found = {name: Fraction(count, 16) for name, count in names["PHENOTYPES"]}
    assert found == {name: chance for name, chance in expected.items() if chance}


def test_the_famous_ratios_are_mendels(run):
    single = run()
    assert single["ratio"](single["PHENOTYPES"]) == "3 : 1"
    assert single["ratio"](single["GENOTYPES"]) == "1 : 2 : 1"
    assert [text for text, _count in single["GENOTYPES"]] == ["AA", "Aa", "aa"]
    double = run(genes="two genes")
    assert double["ratio"](double["PHENOTYPES"]) == "9 : 3 : 3 : 1"
    assert len(double["GENOTYPES"]) == 9
    testcross = run(genes="two genes", second_parent="pure recessive")
    assert testcross["ratio"](testcross["PHENOTYPES"]) == "1 : 1 : 1 : 1"


def test_incomplete_dominance_shows_every_genotype(run):
    names = run(dominance="incomplete")
    assert names["PHENOTYPES"] == [("red", 1), ("pink", 2), ("white", 1)]
    pure = run(dominance="incomplete", first_parent="pure dominant", second_parent="pure recessive")
    assert pure["PHENOTYPES"] == [("pink", 4)]


@pytest.mark.parametrize("luck", [1, 4, 50])
@pytest.mark.parametrize("genes", ["one gene", "two genes"])
def test_a_huge_family_agrees_with_the_square(run, luck, genes):
    names = run(genes=genes, luck=luck)
    born = names["family"](16_000)
    looks, boxes = zip(*names["PHENOTYPES"], strict=True)
    observed = [born.count(name) for name in looks]
    assert sum(observed) == 16_000
    assert chisquare(observed, [16_000 * count / sum(boxes) for count in boxes]).pvalue > 0.001


def test_the_counts_on_screen_are_those_of_the_family(run):
    names = run(offspring=240)
    assert len(names["FAMILY"]) == 240
    assert sum(names["found_among"](240, look) for look, _count in names["PHENOTYPES"]) == 240
    assert names["found_among"](8, "white") == names["FAMILY"][:8].count("white")
