from manim import *
from theorama_kit import *

equation = knob(
    "3x + 5 = 20",
    label="Equation or inequality",
    kind="text",
    help="Linear or quadratic, in one letter: 2(x - 3) = x + 4, x^2 - 5x + 6 = 0, 3 - 2x < 7.",
)
method = knob(
    "shortest",
    label="Quadratics are solved by",
    choices=("shortest", "factorising", "formula"),
)

LEFT_COLOR = SKY
RIGHT_COLOR = YELLOW
DO_COLOR = CORAL
ANSWER_COLOR = MINT

SIGNS = {"<=": r"\le", ">=": r"\ge", "<": "<", ">": ">", "=": "="}
OR = r"\ \text{or}\ "
FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "="}
CHANGE = "Write it with one letter, numbers, + - * / and brackets, such as 3x + 5 = 20."


# --- exact numbers: (top, bottom) with bottom > 0 ---
def ratio(top, bottom=1):
    """A fraction in lowest terms."""
    if bottom == 0:
        raise ValueError("The equation divides by zero. " + CHANGE)
    if max(abs(top), abs(bottom)) > 10**12:
        raise ValueError("The numbers in this equation are too long to show. Use rounder numbers.")
    shared = math.gcd(top, bottom) * (1 if bottom > 0 else -1)
    return (top // shared, bottom // shared)


ZERO, ONE = (0, 1), (1, 1)


def add(p, q):
    return ratio(p[0] * q[1] + q[0] * p[1], p[1] * q[1])


def negative(p):
    return (-p[0], p[1])


def times(p, q):
    return ratio(p[0] * q[0], p[1] * q[1])


def over(p, q):
    return ratio(p[0] * q[1], p[1] * q[0])


def sign_of(p):
    return (p[0] > 0) - (p[0] < 0)


def size(p):
    return p[0] / p[1]


# --- polynomials: tuples of exact numbers, the constant first ---
def trimmed(p):
    """Without zeros at the end; at least one number is left."""
    p = list(p)
    while len(p) > 1 and p[-1] == ZERO:
        p.pop()
    return tuple(p)


def plus(p, q):
    long = max(len(p), len(q))
    p, q = [*p, *[ZERO] * (long - len(p))], [*q, *[ZERO] * (long - len(q))]
    return trimmed([add(a, b) for a, b in zip(p, q, strict=True)])


def scaled(p, factor):
    return trimmed([times(each, factor) for each in p])


def product(p, q):
    if len(p) + len(q) > 10:
        raise ValueError("The highest power is above 4: linear and quadratic ones can be solved here.")
    found = [ZERO] * (len(p) + len(q) - 1)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            found[i + j] = add(found[i + j], times(a, b))
    return trimmed(found)


def value_at(p, x):
    """The polynomial's exact value."""
    total = ZERO
    for each in p[::-1]:
        total = add(times(total, x), each)
    return total


# --- reading the equation ---
def letter_of(text):
    """The one letter of the equation."""
    known = [name for name in FUNCTIONS if name in text]
    found = sorted({sign for sign in text if sign.isalpha()})
    if known or len(found) != 1:
        what = (
            known[0] + ", for which no exact steps are known" if known else "several letters" if found else "no letter"
        )
        raise ValueError("The equation holds " + what + ". " + CHANGE)
    return found[0]


def sides_of(text):
    """The two sides as texts, and the sign between them."""
    plain = text.replace("≤", "<=").replace("≥", ">=").replace("−", "-").replace("–", "-").replace(" ", "")
    for sign in ("<=", ">=", "=", "<", ">"):
        parts = plain.split(sign)
        if len(parts) == 2 and parts[0] and parts[1]:
            return parts[0], sign, parts[1]
        if len(parts) > 1:
            raise ValueError("An equation has one sign = (or < or >) with something on each side. " + CHANGE)
    raise ValueError("There is no sign = or < in it. " + CHANGE)


def pieces_of(text):
    """Numbers, the letter and signs."""
    for written, meant in {"²": "^2", "³": "^3", "**": "^", "×": "*", "·": "*", "÷": "/"}.items():
        text = text.replace(written, meant)
    found, at = [], 0
    while at < len(text):
        end = at + 1
        if text[at].isdecimal() or text[at] == ".":
            while end < len(text) and (text[end].isdecimal() or text[end] == "."):
                end += 1
        elif not (text[at].isalpha() or text[at] in "+-*/^()"):
            raise ValueError("“" + text[at] + "” can't be part of such an equation. " + CHANGE)
        found.append(text[at:end])
        at = end
    return [*found, ""]


def decimal(text):
    """A number as an exact fraction."""
    whole, _dot, rest = text.partition(".")
    if not (whole + rest).isdecimal() or len(whole + rest) > 9:
        raise ValueError("The number " + text + " can't be read. " + CHANGE)
    return ratio(int(whole + rest), 10 ** len(rest))


def polynomial(text, letter):
    """One side multiplied out, as a polynomial."""
    pieces, place = pieces_of(text), [0]

    def peek():
        return pieces[place[0]]

    def take():
        place[0] += 1
        return pieces[place[0] - 1]

    def total():
        found = factors()
        while peek() in ("+", "-") and peek():
            found = plus(found, factors()) if take() == "+" else plus(found, scaled(factors(), (-1, 1)))
        return found

    def factors():
        found = signed()
        while peek() not in ("", "+", "-", ")"):
            if peek() == "/":
                take()
                below = signed()
                if len(below) > 1:
                    raise ValueError("The unknown stands below a fraction bar. " + CHANGE)
                found = scaled(found, over(ONE, below[0]))
            else:
                if peek() == "*":
                    take()
                found = product(found, signed())
        return found

    def signed():
        if peek() in ("+", "-") and peek():
            return signed() if take() == "+" else scaled(signed(), (-1, 1))
        base = atom()
        if peek() != "^":
            return base
        take()
        power = take()
        if not power.isdecimal() or int(power) > 4:
            raise ValueError("The power ^" + power + " is too high. " + CHANGE)
        found = (ONE,)
        for _time in range(int(power)):
            found = product(found, base)
        return found

    def atom():
        piece = take()
        if piece == "(":
            found = total()
            if take() != ")":
                raise ValueError("A bracket is not closed. " + CHANGE)
            return found
        if piece == letter:
            return (ZERO, ONE)
        if piece[:1].isdecimal() or piece[:1] == ".":
            return (decimal(piece),)
        raise ValueError("Something is missing. " + CHANGE)

    found = total()
    if peek():
        raise ValueError("“" + peek() + "” is not expected there. " + CHANGE)
    return found


LEFT_TEXT, SIGN, RIGHT_TEXT = sides_of(equation)
X = letter_of(LEFT_TEXT + RIGHT_TEXT)


# --- writing ---
def number_tex(p):
    """An exact number as TeX, its sign in front."""
    sign = "-" if p[0] < 0 else ""
    return sign + (str(abs(p[0])) if p[1] == 1 else rf"\frac{{{abs(p[0])}}}{{{p[1]}}}")


def term_tex(factor, power):
    """One term without its sign."""
    top = (abs(factor[0]), factor[1])
    name = "" if power == 0 else X if power == 1 else X + "^{" + str(power) + "}"
    return number_tex(top) if not name else name if top == ONE else number_tex(top) + name


def poly_tex(p):
    """A polynomial as TeX, the highest power first."""
    out = ""
    for power in range(len(p) - 1, -1, -1):
        if p[power] != ZERO:
            sign = ("-" if p[power][0] < 0 else "+") if out else ("-" if p[power][0] < 0 else "")
            out += sign + term_tex(p[power], power)
    return out or "0"


def typed_tex(text):
    """A side as it was typed."""
    out, pieces = "", pieces_of(text)
    for i, piece in enumerate(pieces[:-1]):
        before = pieces[i - 1] if i else ""
        if piece == "*":
            out += r"\cdot "
        elif before == "^":
            out += "^{" + piece + "}"
        elif piece != "^":
            out += piece
    return out


def said(p):
    """An exact number for a caption."""
    return (MINUS if p[0] < 0 else "") + str(abs(p[0])) + ("" if p[1] == 1 else "/" + str(p[1]))


def surd(number):
    """Root of a whole number as (outside, inside): 12 is 2 times the root of 3."""
    outside, inside = 1, number
    for k in range(2, 2000):
        while k * k <= inside and inside % (k * k) == 0:
            outside, inside = outside * k, inside // (k * k)
    return outside, inside


def root_of(p):
    """The exact root of a fraction, None where it has none."""
    top, bottom = math.isqrt(p[0]), math.isqrt(p[1])
    return (top, bottom) if top * top == p[0] and bottom * bottom == p[1] else None


def root_tex(p):
    """The root of a positive fraction: a fraction, or one with a root sign."""
    exact = root_of(p)
    if exact:
        return number_tex(exact)
    outside, inside = surd(p[0] * p[1])
    front = ratio(outside, p[1])
    top = ("" if front[0] == 1 else str(front[0])) + rf"\sqrt{{{inside}}}"
    return top if front[1] == 1 else rf"\frac{{{top}}}{{{front[1]}}}"


# --- the steps ---
# A step is (what is done to the line before, left TeX, sign TeX, right TeX, what is said, the two sides or None).
def line(do, left, sign, right, told):
    return (do, poly_tex(left), SIGNS[sign], poly_tex(right), told, (left, sign, right))


def shown(do, left, middle, right, told):
    """A step whose sides are no polynomials."""
    return (do, left, middle, right, told, None)


def worded(factor, power):
    """A term in a caption, without its sign."""
    top = (abs(factor[0]), factor[1])
    return said(top) if power == 0 else X if top == ONE else said(top) + X


def taken_off(term, power):
    """How a term is removed from both sides: (the note, the words)."""
    sign, verb = ("-", "Subtract ") if sign_of(term) > 0 else ("+", "Add ")
    return sign + term_tex(term, power), verb + worded(term, power) + " on both sides"


def divided(sides, factor):
    """The step that divides both sides by a number."""
    left, sign, right = sides
    by = over(ONE, factor)
    multiply = abs(factor[0]) == 1 and factor[1] > 1
    number = by if multiply else factor
    note = (r"\cdot " if multiply else ":") + (number_tex(number) if number[0] > 0 else "(" + number_tex(number) + ")")
    turned = FLIPPED[sign] if sign_of(factor) < 0 else sign
    why = ". The number is negative, so the sign turns round." if turned != sign else "."
    told = ("Multiply" if multiply else "Divide") + " both sides by " + said(number) + why
    return line(note, scaled(left, by), turned, scaled(right, by), told)


def opening(left, sign, right):
    """The equation as typed, then multiplied out and collected where that changes it."""
    typed = (typed_tex(LEFT_TEXT), typed_tex(RIGHT_TEXT))
    steps = [("", typed[0], SIGNS[sign], typed[1], "", (left, sign, right))]
    if not (plain_sum(LEFT_TEXT, left) and plain_sum(RIGHT_TEXT, right)):
        told = "Multiply out the brackets" if "(" in equation else "Collect like terms"
        told = "Write decimals as fractions" if "." in equation and "(" not in equation else told
        steps.append(line("", left, sign, right, told + " on each side. Nothing else changes."))
    return steps


def plain_sum(text, side):
    """Whether a side is typed as a sum of unlike terms already, in whatever order."""
    typed = [each for each in text.replace("-", "+").split("+") if each]
    return not [sign for sign in text if sign in "(./*"] and len(typed) == max(
        len([each for each in side if each != ZERO]), 1
    )


def linear_steps(steps):
    """On to the letter alone on the left."""
    left, sign, right = steps[-1][5]
    if len(left) == 1 and len(right) > 1:
        steps.append(line("", right, FLIPPED[sign], left, "Swap the two sides, so that " + X + " stands on the left."))
        left, sign, right = steps[-1][5]
    if len(right) > 1:
        note, words_said = taken_off(right[1], 1)
        moved = (ZERO, negative(right[1]))
        steps.append(
            line(
                note, plus(left, moved), sign, plus(right, moved), words_said + ": " + X + " is then on one side only."
            )
        )
        left, sign, right = steps[-1][5]
    if len(left) > 1 and left[0] != ZERO:
        note, words_said = taken_off(left[0], 0)
        moved = (negative(left[0]),)
        steps.append(
            line(note, plus(left, moved), sign, plus(right, moved), words_said + ": the number beside " + X + " goes.")
        )
        left, sign, right = steps[-1][5]
    if len(left) > 1 and left[1] != ONE:
        steps.append(divided((left, sign, right), left[1]))
    return steps


def standard_form(steps):
    """Everything on the left, whole numbers without a common factor, a positive square."""
    left, sign, right = steps[-1][5]
    if right != (ZERO,):
        note = "-(" + poly_tex(right) + ")" if len([each for each in right if each != ZERO]) > 1 else ""
        power = len(right) - 1
        note = note or taken_off(right[power], power)[0]
        told = "Bring everything to the left, so that zero is left on the right."
        steps.append(line(note, plus(left, scaled(right, (-1, 1))), sign, (ZERO,), told))
        left, sign, right = steps[-1][5]
    below = math.lcm(*[each[1] for each in left])
    factor = ratio(math.gcd(*[each[0] * below // each[1] for each in left]), below)
    factor = negative(factor) if sign_of(left[2]) < 0 else factor
    if factor != ONE:
        steps.append(divided((left, sign, right), factor))
    return steps


def factor_tex(root):
    """The factor with whole numbers that is zero at this root, as TeX without brackets."""
    return poly_tex(((-root[0], 1), (root[1], 1)))


def factor_steps(c, b, a, first, second):
    """The product, the two cases and the solutions."""
    one, two = factor_tex(first), factor_tex(second)
    if c == 0:
        told = "Both terms hold " + X + ": take it out as a factor."
    elif a == 1:
        told = "Find two numbers with product " + signed_text(c) + " and sum " + signed_text(b) + ": "
        told += said(negative(first)) + " and " + said(negative(second)) + "."
    else:
        told = "Write it as a product of two factors. Multiply out to check it."
    wrapped = lambda tex: tex if tex == X else r"\left(" + tex + r"\right)"
    if first == second:
        square = wrapped(one) + "^{2}"
        return [
            shown("", square, "=", "0", told),
            shown("", one, "=", "0", "A square is zero only where what is squared is zero."),
            shown("", X, "=", number_tex(first), "Both factors are the same, so there is one solution: a double root."),
        ]
    makes = wrapped(one) + wrapped(two) if one == X or two != X else wrapped(two) + wrapped(one)
    return [
        shown("", makes, "=", "0", told),
        shown("", one + "=0", OR, two + "=0", "A product is zero only if one of its factors is zero."),
        shown("", X + "=" + number_tex(first), OR, X + "=" + number_tex(second), "Each factor gives one solution."),
    ]


def signed_text(whole):
    return (MINUS if whole < 0 else "") + str(abs(whole))


def no_root(told):
    return shown("", r"\text{no real solution}", "", "", told)


def around(middle, square):
    return ("" if middle == ZERO else number_tex(middle)) + r"\pm " + root_tex(square)


def endings(middle, square):
    """The solutions themselves where the root can be taken, and decimals where it cannot."""
    if square == ZERO:
        return [
            shown(
                "", X, "=", number_tex(middle), "Adding or taking away zero is the same: one solution, a double root."
            )
        ]
    exact = root_of(square)
    if exact:
        low, high = add(middle, negative(exact)), add(middle, exact)
        cases = (X + "=" + number_tex(low), X + "=" + number_tex(high))
        return [shown("", cases[0], OR, cases[1], "Once with minus, once with plus: two solutions.")]
    low, high = size(middle) - math.sqrt(size(square)), size(middle) + math.sqrt(size(square))
    cases = [X + r"\approx " + number_text(each, None, 4).replace(MINUS, "-") for each in (low, high)]
    return [shown("", cases[0], OR, cases[1], "Once with minus, once with plus: two solutions, here as decimals.")]


def square_steps(sides, square):
    """A square alone on the left: take the root."""
    steps = [divided(sides, sides[0][2])] if sides[0][2] != ONE else []
    if sign_of(square) < 0:
        return [*steps, no_root("A square is never negative, so no real number solves it.")]
    if square != ZERO:
        told = "Take the root on both sides. There are two: one with each sign."
        steps.append(shown("", X, "=", around(ZERO, square), told))
    return [*steps, *endings(ZERO, square)]


def formula_steps(c, b, a, middle, square):
    """The quadratic formula with the numbers put in."""
    inside = b * b - 4 * a * c
    signed = lambda number: f"({number})" if number < 0 else str(number)
    top = (str(-b) if b <= 0 else f"-{b}") + rf"\pm\sqrt{{{signed(b)}^2-4\cdot {signed(a)}\cdot {signed(c)}}}"
    steps = [
        shown(
            "",
            X,
            "=",
            rf"\frac{{{top}}}{{2\cdot {a}}}",
            f"The quadratic formula, with a = {a}, b = {signed_text(b)}, c = {signed_text(c)}.",
        ),
        shown(
            "",
            X,
            "=",
            rf"\frac{{{-b}\pm\sqrt{{{inside}}}}}{{{2 * a}}}",
            f"Below the root, the discriminant: b² {MINUS} 4ac = {signed_text(inside)}.",
        ),
    ]
    if inside < 0:
        return [
            *steps,
            no_root("The discriminant is negative: no real number has such a root, so there is no solution."),
        ]
    return [*steps, *endings(middle, square)]


def pure_square(side):
    """Whether a side is a number times the square and nothing else."""
    return len(side) == 3 and side[0] == side[1] == ZERO


def quadratic_steps(steps):
    """All to one side, then by the method chosen; for an inequality its border points are found this way."""
    left, sign, right = steps[-1][5]
    if sign == "=" and method == "shortest" and pure_square(left) and len(right) == 1:
        return [*steps, *square_steps((left, sign, right), over(right[0], left[2]))]
    steps = standard_form(steps)
    left, sign, _right = steps[-1][5]
    c, b, a = [each[0] for each in left]
    middle, square = ratio(-b, 2 * a), ratio(b * b - 4 * a * c, 4 * a * a)
    if sign != "=":
        steps.append(line("", left, "=", (ZERO,), "First find the border points, where both sides are equal."))
    rational = sign_of(square) >= 0 and root_of(square) is not None
    if rational and method != "formula":
        root = root_of(square)
        return [*steps, *factor_steps(c, b, a, add(middle, negative(root)), add(middle, root))]
    return [*steps, *formula_steps(c, b, a, middle, square)]


def all_steps():
    """Every line from the equation as typed to its solution."""
    left, right = polynomial(LEFT_TEXT, X), polynomial(RIGHT_TEXT, X)
    apart = plus(left, scaled(right, (-1, 1)))
    if len(apart) > 3:
        raise ValueError(
            "The highest power is " + str(len(apart) - 1) + ": linear and quadratic ones can be solved here."
        )
    steps = opening(left, SIGN, right)
    if len(apart) < 3 and max(len(left), len(right)) > 2:
        moved = (ZERO, ZERO, negative(right[2]))
        told = "The squares are the same on both sides: take them off, and the rest is linear."
        steps.append(
            line(
                "-" + term_tex(right[2], 2) if sign_of(right[2]) > 0 else "+" + term_tex(right[2], 2),
                plus(left, moved),
                SIGN,
                plus(right, moved),
                told,
            )
        )
    return quadratic_steps(steps) if len(apart) == 3 else linear_steps(steps)


STEPS = all_steps()


def difference(sides):
    return plus(sides[0], scaled(sides[2], (-1, 1)))


def same_solutions(one, other):
    """Whether two lines say the same: their differences agree up to a factor, whose sign has turned the sign or not."""
    p, q = difference(one), difference(other)
    if len(p) != len(q):
        return False
    factor = over(q[-1], p[-1]) if p[-1] != ZERO else ONE
    kept = "=" in (one[1], other[1]) or other[1] == (one[1] if sign_of(factor) > 0 else FLIPPED[one[1]])
    swapped = other[1] == FLIPPED[one[1]] and scaled(p, (-1, 1)) == q
    return scaled(p, factor) == q and (kept or swapped)


KNOWN = [step[5] for step in STEPS if step[5]]
if not all([same_solutions(KNOWN[0], each) for each in KNOWN]):
    raise ValueError("A step of this solution does not hold. Write the equation in another form.")


# --- the solution ---
APART = difference(KNOWN[0])


def roots():
    """Where both sides are equal, in order, as (number, TeX, exact or None)."""
    if len(APART) == 1:
        return []
    if len(APART) == 2:
        x = over(negative(APART[0]), APART[1])
        return [(size(x), number_tex(x), x)]
    middle = over(negative(APART[1]), scaled((APART[2],), (2, 1))[0])
    square = add(times(middle, middle), negative(over(APART[0], APART[2])))
    if sign_of(square) < 0:
        return []
    exact = root_of(square)
    if exact:
        both = [add(middle, negative(exact)), add(middle, exact)][: 1 if exact == ZERO else 2]
        return [(size(x), number_tex(x), x) for x in both]
    front = "" if middle == ZERO else number_tex(middle)
    around_it = [(-1, front + "-" + root_tex(square)), (1, front + ("+" if front else "") + root_tex(square))]
    return [(size(middle) + way * math.sqrt(size(square)), tex, None) for way, tex in around_it]


ROOTS = roots()


def height(poly, x):
    """A polynomial's value as a decimal."""
    return sum([size(each) * x**power for power, each in enumerate(poly)])


def holds(x, on_border):
    """Whether x solves it; `on_border` says that both sides are equal there."""
    apart = 0.0 if on_border else height(APART, x)
    return {"=": apart == 0, "<": apart < 0, ">": apart > 0, "<=": apart <= 0, ">=": apart >= 0}[SIGN]


def solved():
    """The solutions from left to right, as (from, to, from belongs, to belongs)."""
    places = [each[0] for each in ROOTS]
    edges = [-math.inf, *places, math.inf]
    middles = (
        [places[0] - 1, *[(a + b) / 2 for a, b in zip(places[:-1], places[1:], strict=True)], places[-1] + 1]
        if places
        else [0.0]
    )
    found = []
    for i, x in enumerate(middles):
        if holds(x, on_border=not places and APART == (ZERO,)):
            found.append((edges[i], edges[i + 1], False, False))
        if i < len(places) and holds(places[i], on_border=True):
            found.append((places[i], places[i], True, True))
    joined = []
    for low, high, with_low, with_high in found:
        if joined and joined[-1][1] == low and (joined[-1][3] or with_low):
            joined[-1] = (joined[-1][0], high, joined[-1][2], with_high)
        else:
            joined.append((low, high, with_low, with_high))
    return joined


SOLVED = solved()


def name_of(x):
    return [tex for place, tex, _exact in ROOTS if place == x][0]


def answer_tex():
    """The solution as one formula."""
    if not SOLVED:
        return r"\text{no real solution}"
    parts = []
    for low, high, with_low, with_high in SOLVED:
        if low == high:
            parts.append(X + "=" + name_of(low))
        elif math.isinf(low) and math.isinf(high):
            return r"\text{every real number}"
        elif math.isinf(low):
            parts.append(X + (r"\le " if with_high else "<") + name_of(high))
        elif math.isinf(high):
            parts.append(X + (r"\ge " if with_low else ">") + name_of(low))
        else:
            parts.append(
                name_of(low) + (r"\le " if with_low else "<") + X + (r"\le " if with_high else "<") + name_of(high)
            )
    return OR.join(parts)


# --- the scenes ---
def row(step, note):
    """One line: left, sign, right, and what is done to it next."""
    parts = [part or r"\," for part in (step[1], step[2], step[3])]
    drawn = MathTex(
        *parts,
        *(
            [r"\quad\big|\;{" + note[0] + "}" + note[1:]]
            if note[:1] in ("+", "-", ":")
            else [r"\quad\big|\;" + note]
            if note
            else []
        ),
        font_size=44,
        tex_template=HOUSE,
    )
    drawn[0].set_color(LEFT_COLOR)
    drawn[2].set_color(RIGHT_COLOR)
    if note:
        drawn[3].set_color(DO_COLOR)
    return drawn.shift(-drawn[1].get_center())


def verdict():
    """The last thing said of the steps."""
    if not SOLVED:
        return "This is never true: there is no real number that solves it."
    if SIGN == "=" or not ROOTS:
        return "Every step can be undone, so no solution was lost and none was added."
    return "Between the borders the sign keeps the same: one test number for each part decides."


class StepByStep(Stage):
    def construct(self):
        notes = [step[0] for step in STEPS[1:]] + [""]
        rows = VGroup(*[row(step, note) for step, note in zip(STEPS, notes, strict=True)])
        space = 0.0
        for above, below in zip(rows[:-1], rows[1:], strict=True):
            space = above.get_bottom()[1] - 0.26 - below.get_top()[1]
            below.shift(space * UP)
        answer = formula(answer_tex(), 50, ANSWER_COLOR)
        edge = max([each[:3].get_right()[0] for each in rows])
        for each, note in zip(rows, notes, strict=True):
            if note:
                each[3].set_x(edge, LEFT)
        room = zone(-6.4, 6.4, -1.45, 2.6)
        rows.scale(min(1.7, room.height / rows.height, room.width / rows.width)).move_to(room)
        fit(answer, zone(-6.3, 6.3, -2.7, -2.0))
        inequality = SIGN != "="
        self.heading("Solving the inequality" if inequality else "Solving the equation")
        self.say("Find every " + X + " for which this is true. What we do, we do on both sides.")
        self.play(FadeIn(rows[0][:3], shift=0.2 * DOWN), run_time=0.8)
        for i, step in enumerate(STEPS[1:], 1):
            self.say(step[4])
            if step[0]:
                self.play(FadeIn(rows[i - 1][3], shift=0.2 * LEFT), run_time=0.5)
            self.play(TransformFromCopy(VGroup(*rows[i - 1][:3]), VGroup(*rows[i][:3])), run_time=1.1)
        self.say(verdict())
        self.play(FadeIn(answer, shift=0.2 * UP), run_time=0.7)
        self.play(Create(highlight(answer, ANSWER_COLOR)), run_time=0.6)
        self.pause(1.0)


LEFT_SIDE, RIGHT_SIDE = KNOWN[0][0], KNOWN[0][2]


def reach():
    """The part of the x-axis to look at."""
    places = [each[0] for each in ROOTS] or [0.0]
    if len(APART) == 3 and not ROOTS:
        places = [-size(APART[1]) / (2 * size(APART[2]))]
    spread = max(1.6 * (places[-1] - places[0]), 0.5 * max(abs(each) for each in places), 3.0)
    middle = (places[0] + places[-1]) / 2
    return nice_range(
        [middle - 0.75 * spread, middle + 0.75 * spread, *([0.0] if abs(middle) < 1.5 * spread else [])], count=8
    )


class BothSidesAsGraphs(Stage):
    def construct(self):
        low, high = reach()
        if max(abs(low), abs(high)) > 1e5:
            raise ValueError("The solution is too large to draw on a graph. Use smaller numbers.")
        left, right = (lambda x: height(LEFT_SIDE, x)), (lambda x: height(RIGHT_SIDE, x))
        near = [each[0] for each in ROOTS] or [(low + high) / 2]
        close = np.linspace(*((near[0] - 0.3 * (high - low), near[-1] + 0.3 * (high - low))), 41)
        ys = [f(float(x)) for x in close for f in (left, right)]
        axes = graph(
            (low, high), nice_range(ys, margin=0.05, zero=True), zone(-6.6, 2.3, -2.85, 2.75), X, "value of each side"
        )
        curves = VGroup(plot(axes, left, LEFT_COLOR), plot(axes, right, RIGHT_COLOR))
        x = ValueTracker(low)
        inside = lambda value: math.isfinite(value) and axes.y_range[0] <= value <= axes.y_range[1]
        dots = always_redraw(
            lambda: VGroup(
                *[
                    Dot(axes.c2p(x.get_value(), f(x.get_value())), color=color, radius=0.1)
                    for f, color in ((left, LEFT_COLOR), (right, RIGHT_COLOR))
                    if inside(f(x.get_value()))
                ]
            )
        )
        live = stack(
            readout(X, x, "", 2, 34),
            readout("left side", lambda: left(x.get_value()), "", 2, 32, LEFT_COLOR),
            readout("right side", lambda: right(x.get_value()), "", 2, 32, RIGHT_COLOR),
            area=zone(2.8, 6.6, 0.3, 2.6),
        )
        self.heading("Both sides as graphs")
        self.say("Check it: put a number in for " + X + " on both sides, and draw what comes out.")
        self.play(FadeIn(axes), FadeIn(live), run_time=0.8)
        self.add(dots)
        self.play(*[Create(curve) for curve in curves], x.animate.set_value(high), run_time=4, rate_func=linear)
        self.say(meeting_line())
        marks = VGroup()
        for place, _tex, _exact in ROOTS[::-1]:
            self.play(x.animate.set_value(place), run_time=1.6)
            marks.add(Circle(radius=0.2, color=ANSWER_COLOR, stroke_width=5).move_to(axes.c2p(place, left(place))))
            self.play(Create(marks[-1]), run_time=0.5)
        self.remove(dots)
        if SIGN != "=" and ROOTS and SOLVED:
            side = "below" if SIGN[0] == "<" else "above"
            self.say("Now find the " + X + " for which the blue side is " + side + " the yellow one.")
            ends = [
                (axes.c2p(max(a, low), axes.y_range[0]), axes.c2p(min(b, high), axes.y_range[0])) for a, b, *_ in SOLVED
            ]
            self.play(*[Create(Line(*pair, stroke_color=ANSWER_COLOR, stroke_width=10)) for pair in ends], run_time=1.0)
        answer = fit(formula(answer_tex(), 46, ANSWER_COLOR), zone(2.8, 6.6, -1.6, -0.4), LEFT)
        self.play(FadeIn(answer, shift=0.2 * UP), run_time=0.7)
        self.pause(1.0)


def meeting_line():
    """What the two graphs show."""
    if APART == (ZERO,):
        return "The two graphs lie on each other: both sides are always equal."
    if not ROOTS:
        return "The two graphs never meet: both sides are never equal."
    return "Where the graphs meet, both sides are equal."


def tests():
    """Numbers to put in, as (number, exact or None)."""
    if SIGN == "=" and ROOTS:
        return [(place, exact) for place, _tex, exact in ROOTS]
    if not ROOTS:
        return [(0.0, ZERO), (1.0, ONE)]
    places = [each[0] for each in ROOTS]
    whole = [
        math.floor(places[0]) - 1,
        *[round((a + b) / 2) for a, b in zip(places[:-1], places[1:], strict=True)],
        math.ceil(places[-1]) + 1,
    ]
    between = [ratio(round(5 * (a + b)), 10) for a, b in zip(places[:-1], places[1:], strict=True)]
    fitting = [
        ratio(each) if i in (0, len(whole) - 1) or places[0] < each < places[-1] else between[i - 1]
        for i, each in enumerate(whole)
    ]
    return [(size(each), each) for each in fitting]


def tested(number, exact):
    """A row of the check: what is put in, both sides, and whether it is true."""
    sides = [LEFT_SIDE, RIGHT_SIDE]
    if exact is None:
        values = [number_text(height(side, number), 3) for side in sides]
    else:
        values = [said(value_at(side, exact)) for side in sides]
    put = said(exact) if exact is not None else number_text(number, None, 5)
    true = holds(
        number, on_border=abs(height(APART, number)) < 1e-9 * max(1.0, max([abs(size(each)) for each in APART]))
    )
    sign = {"<=": "≤", ">=": "≥"}.get(SIGN, SIGN)
    return [put, values[0], sign if true else "not " + sign, values[1], "true" if true else "false"]


class TheSolution(Stage):
    def construct(self):
        low, high = reach()
        number_line = NumberLine(
            x_range=[low, high, high - low], length=11.6, include_ticks=False, stroke_color=CHALK3, stroke_width=4
        )
        number_line.move_to([0, 1.15, 0])
        marks = VGroup()
        ticks = nice_ticks(low, high, 10)
        for tick, label in zip(ticks, tick_labels(ticks, 24, CHALK3), strict=True):
            spot = number_line.n2p(tick)
            marks.add(
                Line(spot + 0.1 * DOWN, spot + 0.1 * UP, stroke_color=CHALK3, stroke_width=3),
                label.next_to(spot, DOWN, buff=0.3),
            )
        self.heading("The solution on the number line")
        self.say(line_told())
        self.play(Create(number_line), FadeIn(marks), run_time=1.0)
        drawn = VGroup()
        for a, b, with_a, with_b in SOLVED:
            ends = [number_line.n2p(clamp(each, low, high)) for each in (a, b)]
            if b > a:
                drawn.add(Line(*ends, stroke_color=ANSWER_COLOR, stroke_width=12))
            for place, belongs, spot in ((a, with_a, ends[0]), (b, with_b, ends[1])):
                if math.isfinite(place):
                    drawn.add(
                        Dot(spot, radius=0.15, color=ANSWER_COLOR)
                        .set_fill(ANSWER_COLOR if belongs else STAGE, opacity=1)
                        .set_stroke(ANSWER_COLOR, 4)
                    )
        if len(drawn):
            self.play(LaggedStart(*[FadeIn(each, scale=0.7) for each in drawn], lag_ratio=0.3), run_time=1.2)
        answer = fit(formula(answer_tex(), 48, ANSWER_COLOR), zone(-5, 5, 1.75, 2.6))
        self.play(FadeIn(answer), run_time=0.6)
        rows = [tested(*each) for each in tests()]
        colors = [CHALK2, LEFT_COLOR, CHALK2, RIGHT_COLOR, CHALK2]
        sheet = table([X, "left side", "", "right side", "check"], rows, colors, 30, 0.62, 0.9)
        fit(sheet, zone(-6.0, 6.0, -2.75, -0.2))
        self.say(
            "Put them into the equation as it was at first."
            if SIGN == "=" and ROOTS
            else "Try one number of each part in the line we began with."
        )
        for part in (sheet[:2], *sheet[2:]):
            self.play(FadeIn(part, shift=0.2 * LEFT), run_time=0.8)
        self.say(ending())
        self.pause(1.0)


def line_told():
    """What the number line shows."""
    if SIGN == "=" or not SOLVED:
        return "Of all the numbers on the line, look which solve it."
    return "A full ring belongs to the solution, an open ring does not."


def ending():
    """The last line."""
    if SIGN == "=" and ROOTS:
        rounded = any([exact is None for _place, _tex, exact in ROOTS])
        return "Both sides come out equal" + (
            ", as exactly as the decimals allow." if rounded else ": the solution is right."
        )
    return "The test numbers agree with the picture."
