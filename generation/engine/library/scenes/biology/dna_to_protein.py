from manim import *
from theorama_kit import *

gene = knob(
    "haemoglobin",
    label="Gene (its first letters)",
    choices=("haemoglobin", "insulin", "enkephalin", "own sequence"),
    help="Shortened: a stop is put after the first few codons.",
)
own = knob(
    "ATGGCTTGGAAACATTAA",
    label="Own sequence (coding strand)",
    kind="text",
    help="9 to 30 letters A, C, G and T that begin with ATG. Used with “own sequence”.",
)
mutation = knob(
    "one base exchanged", label="Mutation", choices=("one base exchanged", "one base lost", "one base added")
)
place = knob(20, label="Mutated base, counted from the left", minimum=1, maximum=30)
new_base = knob("T", label="New base", choices=("A", "C", "G", "T"))

BASE_COLORS = {"A": MINT, "T": CORAL, "U": CORAL, "G": YELLOW, "C": SKY}
AMINO_COLOR = LILAC
CHANGED_COLOR = YELLOW
FRAME_COLOR = EDGE

GENES = {
    "haemoglobin": "ATGGTGCATCTGACTCCTGAGTAA",
    "insulin": "ATGGCCCTGTGGATGCGCCTCTAA",
    "enkephalin": "ATGTACGGTGGTTTCCTGTAA",
}

# The genetic code: third base in the order U C A G within the second, within the first. A star is a stop.
ORDER = "UCAG"
LETTERS = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
CODE = {
    a + b + c: LETTERS[16 * i + 4 * j + k]
    for i, a in enumerate(ORDER)
    for j, b in enumerate(ORDER)
    for k, c in enumerate(ORDER)
}
SHORT = {
    "A": "Ala", "R": "Arg", "N": "Asn", "D": "Asp", "C": "Cys", "Q": "Gln", "E": "Glu", "G": "Gly", "H": "His", "I": "Ile",
    "L": "Leu", "K": "Lys", "M": "Met", "F": "Phe", "P": "Pro", "S": "Ser", "T": "Thr", "W": "Trp", "Y": "Tyr", "V": "Val",
}  # fmt: skip
NAMES = {
    "A": "alanine", "R": "arginine", "N": "asparagine", "D": "aspartic acid", "C": "cysteine", "Q": "glutamine",
    "E": "glutamic acid", "G": "glycine", "H": "histidine", "I": "isoleucine", "L": "leucine", "K": "lysine",
    "M": "methionine", "F": "phenylalanine", "P": "proline", "S": "serine", "T": "threonine", "W": "tryptophan",
    "Y": "tyrosine", "V": "valine",
}  # fmt: skip


def checked(text):
    """A sequence in capital letters; a sentence says what is wrong with it otherwise."""
    plain = text.upper().replace(" ", "").replace("U", "T")
    if any([char not in "ACGT" for char in plain]) or not 9 <= len(plain) <= 30 or plain[:3] != "ATG":
        raise ValueError("A sequence has 9 to 30 letters A, C, G and T and begins with ATG.")
    return plain


DNA = checked(own if gene == "own sequence" else GENES[gene])


def complement(text):
    """The other strand of DNA, base by base."""
    return "".join([dict(zip("ACGT", "TGCA", strict=True))[base] for base in text])


def transcribe(template):
    """The mRNA that pairs with the template strand: U stands against A."""
    return "".join([dict(zip("ACGT", "UGCA", strict=True))[base] for base in template])


def codons(rna):
    """The whole groups of three."""
    return [rna[i : i + 3] for i in range(0, len(rna) - 2, 3)]


def translate(rna):
    """Amino acids (one letter each) from the start codon to the first stop; none without a start."""
    chain = ""
    for codon in codons(rna) if rna[:3] == "AUG" else []:
        if CODE[codon] == "*":
            break
        chain += CODE[codon]
    return chain


RNA = transcribe(complement(DNA))
PROTEIN = translate(RNA)
AT = min(place, len(DNA)) - 1


def mutated(dna):
    """The coding strand after the mutation."""
    if mutation == "one base lost":
        return dna[:AT] + dna[AT + 1 :]
    return dna[:AT] + new_base + dna[AT + (mutation == "one base exchanged") :]


NEW_RNA = transcribe(complement(mutated(DNA)))
NEW_PROTEIN = translate(NEW_RNA)


def effect():
    """What the mutation does: unchanged, silent, missense, nonsense, frameshift, or no start."""
    if NEW_RNA == RNA:
        return "unchanged"
    if NEW_RNA[:3] != "AUG":
        return "no start"
    if mutation != "one base exchanged":
        return "frameshift"
    if NEW_PROTEIN == PROTEIN:
        return "silent"
    return "nonsense" if len(NEW_PROTEIN) < len(PROTEIN) else "missense"


# --- drawing ----------------------------------------------------------------------------------------
WIDTH = min(0.5, 11.6 / (len(DNA) + 1))  # of one base
LEFT_EDGE = -WIDTH * len(DNA) / 2 + 0.5


def base_x(index):
    return LEFT_EDGE + WIDTH * (index + 0.5)


def tile(base, index, y, up=True):
    """One base: a coloured tile with its letter."""
    box = RoundedRectangle(corner_radius=0.05, width=0.88 * WIDTH, height=0.5, stroke_width=0)
    box.set_fill(BASE_COLORS[base], 1).move_to([base_x(index), y, 0])
    letter = fit_width(words(base, 24, STAGE, BOLD), 0.6 * WIDTH).move_to(box)
    return VGroup(box, letter)


def strand(text, y):
    return VGroup(*[tile(base, i, y) for i, base in enumerate(text)])


def backbone(count, y, color=CHALK3):
    return Line([base_x(-0.6), y, 0], [base_x(count - 0.4), y, 0], stroke_color=color, stroke_width=4)


def row_name(text, y, color=CHALK2):
    return fit_width(words(text, 24, color), base_x(-0.8) + 6.7).move_to([-6.65, y, 0], aligned_edge=LEFT)


def far_end(text, y):
    """The name of the right end of a strand."""
    return words(text, 22, CHALK2).move_to([base_x(len(DNA) - 0.4) + 0.12, y, 0], aligned_edge=LEFT)


def codon_frame(index, y, color=FRAME_COLOR):
    box = RoundedRectangle(corner_radius=0.08, width=3 * WIDTH - 0.02, height=0.68, stroke_color=color, stroke_width=3)
    return box.move_to([base_x(3 * index + 1), y, 0])


def amino(letter, index, y, color=AMINO_COLOR):
    """One amino acid above its codon."""
    ball = Circle(radius=min(0.46, 1.3 * WIDTH), fill_color=color, fill_opacity=1, stroke_color=STAGE, stroke_width=2)
    name = fit_width(words(SHORT[letter], 24, STAGE, BOLD), 1.6 * ball.width / 2)
    return VGroup(ball, name).move_to([base_x(3 * index + 1), y, 0])


class CopyTheGene(Stage):
    def construct(self):
        count = len(DNA)
        self.heading("Transcription: the gene is copied")
        self.say("A gene is written in four letters: A faces T, and C faces G.")
        upper, lower = strand(DNA, 2.0), strand(complement(DNA), 1.42)
        spines = VGroup(backbone(count, 2.33), backbone(count, 1.09))
        names = VGroup(
            VGroup(row_name("coding 5′", 2.0), far_end("3′", 2.0)),
            VGroup(row_name("template 3′", 1.42), far_end("5′", 1.42)),
        )
        self.play(Create(spines), LaggedStart(*[FadeIn(t) for t in upper], lag_ratio=0.05), FadeIn(names), run_time=1.4)
        self.play(LaggedStart(*[FadeIn(t, shift=0.2 * UP) for t in lower], lag_ratio=0.05), run_time=1.2)
        self.say("The strands part, and an enzyme runs along the template.")
        below = VGroup(lower, spines[1], names[1])
        self.play(below.animate.shift(1.0 * DOWN), run_time=1.0)
        enzyme = Ellipse(width=2.2, height=2.0, stroke_width=0, fill_color=LEAF, fill_opacity=0.28)
        enzyme.move_to([base_x(0), 0.15, 0])
        self.play(FadeIn(enzyme, shift=0.4 * RIGHT), run_time=0.6)
        self.say("It pairs each letter with a new one. RNA has U instead of T.")
        copy = strand(RNA, -0.18)
        arrive = LaggedStart(*[FadeIn(t, shift=0.5 * UP) for t in copy], lag_ratio=0.35)
        self.play(arrive, enzyme.animate.move_to([base_x(count - 1), 0.15, 0]), run_time=4.5, rate_func=linear)
        self.play(FadeOut(enzyme, shift=0.5 * RIGHT), run_time=0.5)
        self.say("The copy comes off: messenger RNA. It reads like the coding strand, with U for T.")
        spine = backbone(count, -2.03)
        self.play(copy.animate.shift(1.52 * DOWN), run_time=1.0)
        self.play(
            below.animate.shift(1.0 * UP),
            Create(spine),
            FadeIn(row_name("mRNA 5′", -1.7), far_end("3′", -1.7)),
            run_time=0.9,
        )
        turned = [i for i, base in enumerate(RNA) if base == "U"]
        self.play(
            *[Indicate(copy[i], color=CHALK) for i in turned],
            *[Indicate(upper[i], color=CHALK) for i in turned],
            run_time=1.2,
        )
        self.say("From now on it is read in groups of three: codons.")
        frames = VGroup(*[codon_frame(i, -1.7, CHALK) for i in range(count // 3)])
        self.play(LaggedStart(*[Create(frame) for frame in frames], lag_ratio=0.2), run_time=1.4)
        self.pause(1.0)


class ReadTheCodons(Stage):
    def construct(self):
        count = len(RNA)
        self.heading("Translation: three letters, one amino acid")
        self.say("A ribosome takes hold of the mRNA and reads it codon by codon.")
        rna, spine = strand(RNA, -1.7), backbone(count, -2.03)
        frames = VGroup(*[codon_frame(i, -1.7) for i in range(count // 3)])
        ribosome = VGroup(
            Ellipse(width=3.6 * WIDTH + 1.3, height=2.3, stroke_width=0, fill_color=SKY, fill_opacity=0.16).shift(
                0.95 * UP
            ),
            Ellipse(width=3.6 * WIDTH + 1.0, height=1.0, stroke_width=0, fill_color=SKY, fill_opacity=0.22).shift(
                0.35 * DOWN
            ),
        ).move_to([base_x(1), -1.15, 0])
        self.play(FadeIn(rna), Create(spine), FadeIn(row_name("mRNA", -1.7)), FadeIn(frames), run_time=1.0)
        self.play(FadeIn(ribosome, shift=0.5 * RIGHT), run_time=0.7)
        self.bring_to_front(frames, rna)
        first = "The start codon AUG: a carrier, tRNA, fits on it and brings methionine."
        chain, links, note = VGroup(), VGroup(), None
        for index, codon in enumerate(codons(RNA)):
            letter = CODE[codon]
            if index in (0, 1) or letter == "*":
                self.say(
                    first
                    if index == 0
                    else "The ribosome moves on by three letters, and the chain grows."
                    if index == 1
                    else f"{codon} fits no carrier: it means stop. The chain is set free."
                )
            if index:
                self.play(ribosome.animate.set_x(base_x(3 * index + 1)), FadeOut(note), run_time=0.4)
            changes = [frames[index].animate.set_stroke(CHALK, 4)]
            meaning = "stop" if letter == "*" else NAMES[letter]
            text = words(f"{codon}  =  {meaning}", 36, CORAL if letter == "*" else AMINO_COLOR).move_to(
                [-6.5, 2.35, 0], aligned_edge=LEFT
            )
            note = text
            if letter == "*":
                self.play(FadeIn(text), *changes, run_time=0.5)
                break
            anti = VGroup(
                *[
                    tile(complement(base.replace("U", "T")).replace("T", "U"), 3 * index + k, -1.08)
                    for k, base in enumerate(codon)
                ]
            )
            stem = Line(
                [base_x(3 * index + 1), -0.8, 0], [base_x(3 * index + 1), 0.3, 0], stroke_color=CHALK3, stroke_width=8
            )
            ball = amino(letter, index, 0.75)
            carrier = VGroup(stem, anti, ball).shift(1.2 * RIGHT + 0.9 * UP)
            carrier.set_opacity(0)
            self.play(
                carrier.animate.shift(1.2 * LEFT + 0.9 * DOWN).set_opacity(1), FadeIn(text), *changes, run_time=0.65
            )
            leave = [FadeOut(stem, shift=0.4 * UP), FadeOut(anti, shift=0.4 * UP)]
            if len(chain):
                link = Line(chain[-1].get_center(), ball.get_center(), stroke_color=AMINO_COLOR, stroke_width=8)
                links.add(link)
                self.add(link)
                self.bring_to_front(*chain, ball)
                self.play(Create(link), *leave, run_time=0.3)
                self.bring_to_front(*chain, ball)
            else:
                self.play(*leave, run_time=0.3)
            chain.add(ball)
        self.play(FadeOut(ribosome), VGroup(links, chain).animate.shift(0.4 * UP), run_time=0.9)
        self.say(f"From {len(PROTEIN)} codons, {len(PROTEIN)} amino acids in a row: a short protein chain.")
        box = highlight(chain, AMINO_COLOR, 0.15)
        self.play(Create(box), run_time=0.7)
        self.pause(1.0)


def new_parts():
    """The mutated mRNA and chain below the old ones."""
    return strand(NEW_RNA, -2.3)


MEANING = {
    "unchanged": "The new letter is the old one, so nothing has changed.",
    "silent": "The new codon means the same amino acid: a silent mutation. Nothing is felt.",
    "missense": "One amino acid is another one now. The protein may fold and work in another way.",
    "nonsense": "The new codon means stop. The chain breaks off early: most often it is useless.",
    "frameshift": "All groups of three behind it are shifted: nearly every amino acid is another one.",
    "no start": "The start codon is gone: here the ribosome does not begin at all.",
}


def result_text():
    """The outcome in a few words."""
    if effect() == "missense":
        where = [i for i, pair in enumerate(zip(PROTEIN, NEW_PROTEIN, strict=False)) if pair[0] != pair[1]]
        if len(NEW_PROTEIN) > len(PROTEIN):
            return "the stop is gone: the chain goes on"
        return f"{NAMES[PROTEIN[where[0]]]} → {NAMES[NEW_PROTEIN[where[0]]]}"
    return {
        "unchanged": "no change",
        "silent": "silent: same protein",
        "nonsense": f"cut short: {len(NEW_PROTEIN)} of {len(PROTEIN)} amino acids",
        "frameshift": "frameshift",
        "no start": "no protein",
    }[effect()]


def is_sickle_cell():
    return gene == "haemoglobin" and mutated(DNA) == "ATGGTGCATCTGACTCCTGTGTAA"


def chain_of(protein, y, old=""):
    """A row of amino acids; those that differ from the old ones are marked by colour."""
    row, links = VGroup(), VGroup()
    for i, letter in enumerate(protein):
        same = not old or (i < len(old) and old[i] == letter)
        row.add(amino(letter, i, y, AMINO_COLOR if same else CHANGED_COLOR))
    for first, second in zip(row[:-1], row[1:], strict=True):
        links.add(Line(first.get_center(), second.get_center(), stroke_color=AMINO_COLOR, stroke_width=8))
    return VGroup(links, row)


class OneWrongLetter(Stage):
    def construct(self):
        self.heading("One letter changes")
        old_rna, old_chain = strand(RNA, 1.2), chain_of(PROTEIN, 2.15)
        old_frames = VGroup(*[codon_frame(i, 1.2) for i in range(len(RNA) // 3)])
        self.say("This is the message as it was. Now one letter of the gene changes by chance.")
        self.play(FadeIn(old_rna), FadeIn(old_frames), FadeIn(old_chain), FadeIn(row_name("before", 1.2)), run_time=1.0)
        new_rna = strand(RNA, -0.55)
        self.play(TransformFromCopy(old_rna, new_rna), FadeIn(row_name("after", -0.55, CHANGED_COLOR)), run_time=1.0)
        self.remove(new_rna)
        new_rna = strand(RNA, -0.55)
        self.add(new_rna)
        mark = highlight(new_rna[AT], CHANGED_COLOR, 0.06)
        self.play(Create(mark), run_time=0.5)
        kind = {
            "one base exchanged": "is exchanged",
            "one base lost": "is lost",
            "one base added": "gets a new neighbour",
        }
        self.say(f"Letter {AT + 1} {kind[mutation]}. All the rest is copied faithfully.")
        final = strand(NEW_RNA, -0.55)
        if mutation == "one base exchanged":
            self.play(FadeOut(new_rna[AT], shift=0.5 * DOWN), run_time=0.5)
            self.play(FadeIn(final[AT], shift=0.5 * UP), run_time=0.6)
        elif mutation == "one base lost":
            self.play(FadeOut(new_rna[AT], shift=0.7 * DOWN), FadeOut(mark), run_time=0.6)
            behind = new_rna[AT + 1 :]
            self.play(behind.animate.shift(WIDTH * LEFT), run_time=1.0)
        else:
            behind = new_rna[AT:]
            self.play(behind.animate.shift(WIDTH * RIGHT), FadeOut(mark), run_time=1.0)
            self.play(FadeIn(final[AT], shift=0.5 * UP), run_time=0.6)
        self.remove(new_rna, *new_rna)
        self.add(final)
        frames = VGroup(*[codon_frame(i, -0.55) for i in range(len(NEW_RNA) // 3)])
        self.play(LaggedStart(*[Create(frame) for frame in frames], lag_ratio=0.15), run_time=0.9)
        self.bring_to_front(mark) if mutation == "one base exchanged" else None
        self.say("The ribosome reads on in threes, as always.")
        chain = chain_of(NEW_PROTEIN, -1.55, PROTEIN)
        if len(NEW_PROTEIN):
            self.play(LaggedStart(*[GrowFromCenter(one) for one in chain[1]], lag_ratio=0.4), run_time=2.2)
            self.add(chain[0])
            self.bring_to_front(chain[1])
        self.say(MEANING[effect()])
        changed = [i for i, letter in enumerate(NEW_PROTEIN) if i >= len(PROTEIN) or PROTEIN[i] != letter]
        flashes = [Flash(chain[1][i], color=CHANGED_COLOR, flash_radius=0.6) for i in changed]
        if flashes:
            self.play(*flashes, run_time=0.8)
        result = fit(words(result_text(), 34, CHANGED_COLOR), zone(-6.4, 6.4, -2.85, -2.2))
        self.play(FadeIn(result, shift=0.2 * UP), run_time=0.7)
        if is_sickle_cell():
            self.say("This very exchange makes sickle cells: one letter bends red blood cells.")
            self.play(Create(highlight(result, CHANGED_COLOR, 0.12)), run_time=0.7)
        self.pause(1.2)
