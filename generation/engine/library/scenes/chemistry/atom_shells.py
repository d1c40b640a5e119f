from manim import *
from theorama_kit import *

atomic_number = knob(11, label="Atomic number (1 hydrogen to 20 calcium)", minimum=1, maximum=20)
more_neutrons = knob(0, label="Neutrons more than usual", minimum=0, maximum=4, help="Makes another isotope.")
orbiting = knob(True, label="Electrons go round")

PROTON_COLOR = CORAL
NEUTRON_COLOR = CHALK3
ELECTRON_COLOR = SKY
OUTER_COLOR = YELLOW
DONE_COLOR = MINT

SYMBOLS = [
    "H",
    "He",
    "Li",
    "Be",
    "B",
    "C",
    "N",
    "O",
    "F",
    "Ne",
    "Na",
    "Mg",
    "Al",
    "Si",
    "P",
    "S",
    "Cl",
    "Ar",
    "K",
    "Ca",
]
NAMES = [
    "hydrogen",
    "helium",
    "lithium",
    "beryllium",
    "boron",
    "carbon",
    "nitrogen",
    "oxygen",
    "fluorine",
    "neon",
    "sodium",
    "magnesium",
    "aluminium",
    "silicon",
    "phosphorus",
    "sulfur",
    "chlorine",
    "argon",
    "potassium",
    "calcium",
]
USUAL_MASS = [1, 4, 7, 9, 11, 12, 14, 16, 19, 20, 23, 24, 27, 28, 31, 32, 35, 40, 39, 40]  # of the commonest isotope
CAPACITY = (2, 8, 8, 2)  # up to calcium
GROUPS = (1, 2, 13, 14, 15, 16, 17, 18)
ORDINALS = ("first", "second", "third", "fourth")

SYMBOL, NAME = SYMBOLS[atomic_number - 1], NAMES[atomic_number - 1]
NEUTRONS = USUAL_MASS[atomic_number - 1] - atomic_number + more_neutrons
MASS_NUMBER = atomic_number + NEUTRONS


def shells(electrons):
    """How many electrons are in each shell, filled from the inside."""
    filled = []
    for room in CAPACITY:
        if electrons > 0:
            filled.append(min(room, electrons))
            electrons -= room
    return filled


def group_of(z):
    """The column of the periodic table."""
    outer = shells(z)[-1]
    if z == 2:
        return 18
    return outer if outer <= 2 else outer + 10


def period_of(z):
    """The row of the periodic table: as many as there are shells."""
    return len(shells(z))


def charge_of(z):
    """The charge of the usual ion: electrons go or come until the outer shell is full; 0 where none is usual."""
    if z == 1:
        return 1
    if group_of(z) == 18 or z in (5, 6, 14):  # noble gases, and boron, carbon and silicon, which share
        return 0
    outer = shells(z)[-1]
    return outer if outer <= 3 else outer - 8


SHELLS = shells(atomic_number)
OUTER = SHELLS[-1]
CHARGE = charge_of(atomic_number)


def charge_text(charge):
    """A charge as chemists write it: "2+"."""
    if charge == 0:
        return "0"
    return ("" if abs(charge) == 1 else str(abs(charge))) + ("+" if charge > 0 else MINUS)


def raised(charge):
    """The same with raised signs, for captions: "²⁺"."""
    digits = "" if abs(charge) == 1 else SUPERSCRIPTS[str(abs(charge))]
    return digits + ("⁺" if charge > 0 else "⁻")


def shell_list(electrons):
    return ", ".join([str(n) for n in shells(electrons)]) if electrons else "none"


# --- drawing ----------------------------------------------------------------------------------------
def nucleus(centre, grain=0.1):
    """Protons and neutrons packed in a spiral."""
    count, packed = MASS_NUMBER, VGroup()
    mixed = np.random.default_rng(5).permutation(count)
    kinds = [PROTON_COLOR if place < atomic_number else NEUTRON_COLOR for place in mixed]
    for k, color in enumerate(kinds):
        angle, reach = 2.39996 * k, 0.95 * grain * math.sqrt(k + 0.3) * 1.05
        reach = 0 if count == 1 else reach
        place = centre + reach * np.array([math.cos(angle), math.sin(angle), 0])
        packed.add(
            Circle(radius=grain, fill_color=color, fill_opacity=1, stroke_color=STAGE, stroke_width=1).move_to(place)
        )
    return packed


SIZE = min(1.45, 2.55 / (0.95 + 0.55 * (len(SHELLS) - 1)))  # so that small atoms are drawn large


def radius_of(shell, size=SIZE):
    return size * (0.95 + 0.55 * shell)


def ring(centre, shell, size=SIZE, color=EDGE):
    return Circle(radius=radius_of(shell, size), stroke_color=color, stroke_width=2.5).move_to(centre)


def spot(centre, shell, place, total, time, size=SIZE):
    """Where an electron is on its circle; the inner ones go round faster."""
    speed = 0.5 / (1 + 0.6 * shell) if orbiting else 0.0
    angle = PI / 2 + math.tau * place / total + 0.35 * shell + speed * time
    return centre + radius_of(shell, size) * np.array([math.cos(angle), math.sin(angle), 0])


def seats(electrons):
    """All electrons as (shell, place in it, electrons in it)."""
    return [(k, j, n) for k, n in enumerate(shells(electrons)) for j in range(n)]


def running_clock(stage):
    """Seconds since now, as a tracker."""
    clock = ValueTracker(0.0)
    if orbiting:
        clock.add_updater(lambda tracker, dt: tracker.increment_value(dt))
    stage.add(clock)
    return clock


def circling(centre, electrons, clock, size=SIZE, color_outer=OUTER_COLOR):
    """The electrons on their circles."""
    last = len(shells(electrons)) - 1
    group = VGroup()
    for shell, place, total in seats(electrons):
        color = color_outer if shell == last else ELECTRON_COLOR
        dot = Dot(spot(centre, shell, place, total, clock.get_value(), size), radius=0.11 * max(size, 0.8), color=color)
        if orbiting:
            dot.add_updater(
                lambda one, shell=shell, place=place, total=total: one.move_to(
                    spot(centre, shell, place, total, clock.get_value(), size)
                )
            )
        group.add(dot)
    return group


CENTRE = np.array([-2.3, -0.05, 0])
SHELL_LINES = (
    "The innermost shell has room for two electrons.",
    "Then the second shell begins. It has room for eight.",
    "The third shell begins. For these elements it takes eight.",
    "The next electrons start a fourth shell.",
)


class FillTheShells(Stage):
    def construct(self):
        clock, filled = running_clock(self), ValueTracker(0.0)
        self.heading(f"Building an atom of {NAME}")
        self.say(f"The nucleus of {NAME} has {plural(atomic_number, 'proton')}: that number makes the element.")
        core = nucleus(CENTRE)
        sign = VGroup(
            words(SYMBOL, 64, CHALK, SEMIBOLD),
            VGroup(
                words("mass number " + str(MASS_NUMBER), 22, CHALK2),
                words("atomic number " + str(atomic_number), 22, PROTON_COLOR),
            ).arrange(DOWN, buff=0.12, aligned_edge=LEFT),
        ).arrange(RIGHT, buff=0.3)
        parts = VGroup(
            words(plural(atomic_number, "proton"), 26, PROTON_COLOR),
            words(plural(NEUTRONS, "neutron"), 26, CHALK2),
            readout("electrons", lambda: math.floor(filled.get_value() + 1e-6), "", 0, 26, ELECTRON_COLOR),
        )
        stack(sign, *parts, area=zone(2.8, 6.6, 0.25, 2.75), buff=0.2)
        self.play(LaggedStart(*[GrowFromCenter(grain) for grain in core], lag_ratio=0.06), run_time=1.4)
        self.play(FadeIn(sign), FadeIn(parts), run_time=0.8)
        if more_neutrons:
            self.say("More neutrons than usual make another isotope. The electrons are not touched by that.")
            grey = VGroup(*[grain for grain in core if grain.get_fill_color() == NEUTRON_COLOR])
            self.play(Indicate(grey, color=CHALK), run_time=0.8)
        self.say("The atom is neutral, so as many electrons come in. They fill shells from the inside.")
        electrons = VGroup()
        for index, (shell, place, total) in enumerate(seats(atomic_number)):
            dot = Dot(radius=0.11, color=OUTER_COLOR if shell == len(SHELLS) - 1 else ELECTRON_COLOR)
            far = CENTRE + 4.1 * np.array([math.cos(2.4 * index), 0.62 * math.sin(2.4 * index), 0])

            def arrive(one, index=index, shell=shell, place=place, total=total, far=far):
                way = smooth(clamp(filled.get_value() - index, 0, 1))
                goal = spot(CENTRE, shell, place, total, clock.get_value())
                one.move_to(far + way * (goal - far)).set_opacity(min(3 * way, 1))

            electrons.add(dot.add_updater(arrive))
        self.add(electrons)
        rows, done = VGroup(), 0
        for shell in range(len(SHELLS)):
            before = sum(SHELLS[:shell])
            rows.add(
                readout(
                    ORDINALS[shell] + " shell",
                    lambda before=before, shell=shell: clamp(
                        math.floor(filled.get_value() + 1e-6) - before, 0, SHELLS[shell]
                    ),
                    "",
                    0,
                    28,
                    OUTER_COLOR if shell == len(SHELLS) - 1 else ELECTRON_COLOR,
                )
            )
        stack(*rows, area=zone(2.8, 6.6, -2.0, 0.0), buff=0.22)
        for shell, count in enumerate(SHELLS):
            self.say(SHELL_LINES[shell])
            self.play(Create(ring(CENTRE, shell)), FadeIn(rows[shell]), run_time=0.7)
            self.bring_to_front(electrons)
            done += count
            self.play(filled.animate.set_value(done), run_time=0.45 * count + 0.4, rate_func=linear)
        self.say(f"The electrons of {NAME} are arranged as {shell_list(atomic_number)}.")
        last = fit(words(shell_list(atomic_number), 44, OUTER_COLOR), zone(2.8, 6.6, -2.85, -2.15), LEFT)
        self.play(FadeIn(last, shift=0.2 * UP), run_time=0.7)
        self.say("A model with clear circles: real electrons are spread out in clouds around the nucleus.")
        self.pause(1.0)


def plural(count, name):
    return f"{count} {name}" if count == 1 else f"{count if count else 'no'} {name}s"


def cell_place(z):
    column = GROUPS.index(group_of(z))
    return np.array([-0.35 + 0.86 * column + (0.25 if column > 1 else 0), 1.3 - 0.86 * (period_of(z) - 1), 0])


def cell(z, color=EDGE):
    box = RoundedRectangle(corner_radius=0.06, width=0.8, height=0.8, stroke_color=color, stroke_width=2)
    box.set_fill(STAGE, 1)
    symbol = on_baseline(SYMBOLS[z - 1], 30, CHALK).set_x(0).shift(0.02 * UP)
    text = VGroup(symbol, words(str(z), 20, CHALK3).move_to(0.2 * DOWN))
    return VGroup(box, text).shift(cell_place(z))


class PlaceInTheTable(Stage):
    def construct(self):
        clock = running_clock(self)
        centre, size = np.array([-4.3, 0.1, 0]), 0.78
        rings = VGroup(*[ring(centre, k, size) for k in range(len(SHELLS))])
        core = nucleus(centre, 0.06)
        electrons = circling(centre, atomic_number, clock, size)
        self.heading("The shells tell the place in the periodic table")
        self.say("Here are the first twenty elements, as they stand in the periodic table.")
        cells = VGroup(*[cell(z) for z in range(1, 21)])
        top = VGroup()
        for column, group in enumerate(GROUPS):
            x = -0.35 + 0.86 * column + (0.25 if column > 1 else 0)
            top.add(words(str(group), 22, CHALK2).move_to([x, 2.05, 0]))
        side = VGroup(*[words(str(row + 1), 22, CHALK2).move_to([-1.1, 1.3 - 0.86 * row, 0]) for row in range(4)])
        titles = VGroup(
            words("group", 22, CHALK3).move_to([2.9, 2.5, 0]), words("period", 20, CHALK3).move_to([-1.1, 2.05, 0])
        )
        self.play(FadeIn(rings), FadeIn(core), FadeIn(electrons), run_time=0.8)
        self.play(
            LaggedStart(*[FadeIn(one) for one in cells], lag_ratio=0.05),
            FadeIn(top),
            FadeIn(side),
            FadeIn(titles),
            run_time=1.6,
        )
        period, group = period_of(atomic_number), group_of(atomic_number)
        self.say(f"Count the shells: {NAME} has {period}. So it stands in row {period}, its period.")
        for k in range(period):
            self.play(rings[k].animate.set_stroke(ELECTRON_COLOR, 5), run_time=0.35)
        band = Rectangle(width=7.7, height=0.84, stroke_width=0, fill_color=ELECTRON_COLOR, fill_opacity=0.25)
        band.move_to([2.85, 1.3 - 0.86 * (period - 1), 0])
        same_row = VGroup(*[cells[z - 1] for z in range(1, 21) if period_of(z) == period])
        self.play(
            same_row.animate(lag_ratio=0.1).set_stroke(ELECTRON_COLOR),
            side[period - 1].animate.set_color(ELECTRON_COLOR).scale(1.4),
            run_time=0.9,
        )
        self.say(outer_line())
        self.play(*[Indicate(dot, color=CHALK, scale_factor=1.5) for dot in electrons[-OUTER:]], run_time=0.9)
        column = GROUPS.index(group)
        same_group = [z for z in range(1, 21) if group_of(z) == group]
        self.play(
            *[cells[z - 1][0].animate.set_stroke(OUTER_COLOR, 4) for z in same_group],
            top[column].animate.set_color(OUTER_COLOR).scale(1.4),
            run_time=0.9,
        )
        here = cells[atomic_number - 1]
        self.play(
            here[0].animate.set_fill(OUTER_COLOR, 0.3), Flash(here, color=OUTER_COLOR, flash_radius=0.6), run_time=0.9
        )
        self.say(family_line(same_group))
        notes = VGroup()
        for z in same_group:
            symbol = words(SYMBOLS[z - 1] + "   " + shell_list(z), 26, OUTER_COLOR if z == atomic_number else CHALK2)
            notes.add(symbol)
        fit(notes.arrange(RIGHT, buff=0.9), zone(-1.3, 6.5, -2.75, -2.1))
        self.play(LaggedStart(*[FadeIn(note, shift=0.2 * UP) for note in notes], lag_ratio=0.3), run_time=1.2)
        self.pause(1.0)


def outer_line():
    """What the outer electrons say about the group."""
    group = group_of(atomic_number)
    if atomic_number == 2:
        return "Its two outer electrons fill their shell, so helium stands with the noble gases, group 18."
    if atomic_number == 1:
        return "It has one outer electron: group 1. But it is no metal, unlike the others below it."
    rule = f"group {group}" if group <= 2 else f"group {group}, ten more"
    return f"Count the outer electrons: {OUTER}. That gives {rule}."


def family_line(members):
    if len(members) < 2:
        return "Elements of one group have equally many outer electrons."
    if atomic_number == 2:
        return "All in group 18 have full outer shells. They hardly react with anything."
    if group_of(atomic_number) == 18:
        return "All in this group have full outer shells: noble gases, which hardly react."
    return "All elements of a group have equally many outer electrons, so they react alike."


def ion_end():
    """The electrons of the ion."""
    return atomic_number - CHARGE


class FullOuterShell(Stage):
    def construct(self):
        clock = running_clock(self)
        rings = VGroup(*[ring(CENTRE, k) for k in range(len(SHELLS))])
        core = nucleus(CENTRE)
        electrons = circling(CENTRE, atomic_number, clock)
        self.heading("What the outer electrons do")
        self.say("Atoms react by their outer electrons. A full outer shell is the most stable.")
        self.play(FadeIn(rings), FadeIn(core), FadeIn(electrons), run_time=0.9)
        count = ValueTracker(float(atomic_number))
        tally = VGroup(
            words("protons: " + str(atomic_number), 28, PROTON_COLOR),
            readout("electrons", count, "", 0, 28, ELECTRON_COLOR),
            readout("charge", lambda: round(atomic_number - count.get_value()), "", 0, 40, CHALK),
        )
        stack(*tally, area=zone(2.8, 6.6, 0.6, 2.7), buff=0.3)
        self.play(FadeIn(tally), run_time=0.6)
        self.say(plan_line())
        if CHARGE > 0:
            leaving = electrons[-CHARGE:]
            for dot in leaving:
                dot.clear_updaters()
            ways = [
                dot.animate.move_to(dot.get_center() + 1.5 * normal(dot.get_center() - CENTRE)).set_opacity(0.0)
                for dot in leaving
            ]
            self.play(
                LaggedStart(*ways, lag_ratio=0.4), count.animate.set_value(ion_end()), run_time=1.2 + 0.6 * CHARGE
            )
            self.remove(*leaving)
            if OUTER == CHARGE:
                self.play(FadeOut(rings[-1]), run_time=0.5)
        elif CHARGE < 0:
            old = VGroup(*electrons[-OUTER:])
            last, total = len(SHELLS) - 1, OUTER - CHARGE
            newcomers = VGroup(
                *[
                    Dot(CENTRE + np.array([3.9, 2.2 - 1.5 * k, 0]), radius=0.11, color=DONE_COLOR)
                    for k in range(-CHARGE)
                ]
            )
            part = ValueTracker(0.0)
            for place, dot in enumerate([*old, *newcomers]):
                start = spot(CENTRE, last, place, OUTER, 0) if place < OUTER else dot.get_center()
                dot.clear_updaters()
                angle_from = PI / 2 + math.tau * place / OUTER + 0.35 * last
                angle_to = PI / 2 + math.tau * place / total + 0.35 * last

                def move(one, place=place, start=start, angle_from=angle_from, angle_to=angle_to):
                    way, turn = part.get_value(), (0.5 / (1 + 0.6 * last) if orbiting else 0.0) * clock.get_value()
                    angle = angle_to + turn if place >= OUTER else (1 - way) * angle_from + way * angle_to + turn
                    goal = CENTRE + radius_of(last) * np.array([math.cos(angle), math.sin(angle), 0])
                    one.move_to(goal if place < OUTER else (1 - way) * start + way * goal)

                dot.add_updater(move)
            self.play(FadeIn(newcomers), run_time=0.5)
            self.add(newcomers)
            self.play(part.animate.set_value(1.0), count.animate.set_value(ion_end()), run_time=1.6 - 0.5 * CHARGE)
        else:
            outer = rings[-1]
            self.play(
                outer.animate.set_stroke(DONE_COLOR if group_of(atomic_number) == 18 else OUTER_COLOR, 5), run_time=0.9
            )
        self.say(outcome_line())
        if CHARGE:
            sign = VGroup(words(SYMBOL, 72, DONE_COLOR, SEMIBOLD), words(charge_text(CHARGE), 40, DONE_COLOR, SEMIBOLD))
            sign.arrange(RIGHT, buff=0.08, aligned_edge=UP)
            inner = shell_list(ion_end())
            text = "no electron is left" if ion_end() == 0 else "electrons: " + inner
            notes = VGroup(words(text, 28, CHALK2))
            if ion_end() in (2, 10, 18):
                notes.add(words("as in " + NAMES[ion_end() - 1], 28, CHALK2))
            result = stack(sign, *notes, area=zone(2.95, 6.6, -2.7, -0.1), buff=0.38)
            self.play(FadeIn(result, shift=0.2 * UP), run_time=0.9)
            self.play(Create(highlight(sign, DONE_COLOR, 0.16)), run_time=0.8)
        else:
            result = lines(still_text(), 28, CHALK2, 24)
            fit(result, zone(2.8, 6.6, -2.7, -0.2), UL)
            self.play(FadeIn(result, shift=0.2 * UP), run_time=0.9)
        self.pause(1.2)


def normal(vector):
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


def still_text():
    if group_of(atomic_number) == 18:
        return f"{NAME.capitalize()} keeps its {plural(atomic_number, 'electron')}. A noble gas."
    return f"{NAME.capitalize()} shares its {OUTER} outer electrons with neighbours: covalent bonds."


def plan_line():
    """What this atom does to get a full outer shell."""
    if group_of(atomic_number) == 18:
        return f"The outer shell of {NAME} is full already: nothing to gain, nothing to lose."
    if CHARGE == 0:
        return f"For {NAME} it costs too much to lose {OUTER} electrons or to gain {8 - OUTER}."
    if CHARGE > 0:
        return f"For {NAME} the easiest is to give {plural(CHARGE, 'electron')} away."
    return f"For {NAME} only {plural(-CHARGE, 'electron')} more would fill the shell. It takes them from others."


def outcome_line():
    if group_of(atomic_number) == 18:
        return f"So {NAME} hardly reacts: it is a noble gas."
    if CHARGE == 0:
        return f"So {NAME} shares electrons instead. The pairs count for both atoms."
    more = "protons than electrons" if CHARGE > 0 else "electrons than protons"
    return (
        f"Now there {'is' if abs(CHARGE) == 1 else 'are'} {abs(CHARGE)} more {more}: an ion, {SYMBOL}{raised(CHARGE)}."
    )
