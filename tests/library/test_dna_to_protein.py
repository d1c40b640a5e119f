"""The genetic code of biology/dna_to_protein equals a table written the other way round, and mutations act as known."""

import functools

import pytest

# The standard code from amino acid to codons, as printed on a code wheel.
BY_AMINO_ACID = {
    "Phe": "UUU UUC", "Leu": "UUA UUG CUU CUC CUA CUG", "Ile": "AUU AUC AUA", "Met": "AUG", "Val": "GUU GUC GUA GUG",
    "Ser": "UCU UCC UCA UCG AGU AGC", "Pro": "CCU CCC CCA CCG", "Thr": "ACU ACC ACA ACG", "Ala": "GCU GCC GCA GCG",
    "Tyr": "UAU UAC", "His": "CAU CAC", "Gln": "CAA CAG", "Asn": "AAU AAC", "Lys": "AAA AAG", "Asp": "GAU GAC",
    "Glu": "GAA GAG", "Cys": "UGU UGC", "Trp": "UGG", "Arg": "CGU CGC CGA CGG AGA AGG", "Gly": "GGU GGC GGA GGG",
    "stop": "UAA UAG UGA",
}  # fmt: skip
PRINTED = {codon: amino for amino, codons in BY_AMINO_ACID.items() for codon in codons.split()}


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "biology/dna_to_protein")


def test_all_sixty_four_codons_mean_what_the_printed_table_says(run):
    names = run()
    said = {codon: "stop" if letter == "*" else names["SHORT"][letter] for codon, letter in names["CODE"].items()}
    assert said == PRINTED and len(said) == 64


@pytest.mark.parametrize(
    ("gene", "chain"), [("haemoglobin", "MVHLTPE"), ("insulin", "MALWMRL"), ("enkephalin", "MYGGFL")]
)
def test_the_genes_begin_as_the_known_proteins_do(run, gene, chain):
    assert run(gene=gene)["PROTEIN"] == chain


def test_the_messenger_is_the_coding_strand_with_u_for_t(run):
    names = run(gene="insulin")
    assert names["RNA"] == names["DNA"].replace("T", "U")
    assert names["complement"]("ATGC") == "TACG"


def test_sickle_cells_come_from_valine_in_place_of_glutamic_acid(run):
    names = run()
    assert (names["effect"](), names["result_text"]()) == ("missense", "glutamic acid → valine")
    assert names["is_sickle_cell"]()
    assert names["NEW_PROTEIN"] == "MVHLTPV"


@pytest.mark.parametrize(
    ("knobs", "effect", "chain"),
    [
        ({"place": 18, "new_base": "C"}, "silent", "MVHLTPE"),  # CCT to CCC
        ({"place": 19, "new_base": "T"}, "nonsense", "MVHLTP"),  # GAG to TAG
        ({"place": 2, "new_base": "A"}, "no start", ""),
        ({"place": 1, "new_base": "A"}, "unchanged", "MVHLTPE"),
        ({"place": 4, "mutation": "one base lost"}, "frameshift", "MCI"),  # ATG TGC ATC TGA
        ({"place": 4, "mutation": "one base added", "new_base": "A"}, "frameshift", "MSAS"),  # ATG AGT GCA TCT GAC ...
    ],
)
def test_mutations_act_as_read_off_the_printed_table(run, knobs, effect, chain):
    names = run(**knobs)
    assert names["effect"]() == effect
    assert names["NEW_PROTEIN"][: len(chain)] == chain
    if effect != "frameshift" or "MCI" in chain:
        assert names["NEW_PROTEIN"] == chain


@pytest.mark.parametrize("own", ["A", "ATGXXXTAA", "GGGCCCTTT", "ATG" * 11])
def test_a_sequence_that_is_none_is_refused_with_a_sentence(run, own):
    with pytest.raises(ValueError, match="begins with ATG"):
        run(gene="own sequence", own=own)


def test_an_own_sequence_is_read(run):
    names = run(gene="own sequence", own="atg uuu ggc taa")
    assert names["PROTEIN"] == "MFG"
