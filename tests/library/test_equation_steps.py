"""Every line of a solution has the solutions of the first, and those are SymPy's."""

import random

import pytest
import sympy
from sympy.parsing.sympy_parser import implicit_multiplication_application, parse_expr, standard_transformations

STEPS = "algebra/equation_steps"
RULES = (*standard_transformations, implicit_multiplication_application)
X = sympy.Symbol("x", real=True)
RELATIONS = {"=": sympy.Eq, "<": sympy.Lt, ">": sympy.Gt, "<=": sympy.Le, ">=": sympy.Ge}


def own_reading(text):
    """The equation as SymPy reads it."""
    sign = next(each for each in ("<=", ">=", "=", "<", ">") if each in text)
    sides = (parse_expr(each.replace("^", "**"), {"x": X}, transformations=RULES) for each in text.split(sign))
    return set_of(*sides, sign)


def set_of(left, right, sign):
    if sign == "=":
        return sympy.solveset(left - right, X, sympy.S.Reals)
    return sympy.solve_univariate_inequality(RELATIONS[sign](left - right, 0), X, relational=False)


def polynomial(coefficients):
    return sum((sympy.Rational(*each) * X**power for power, each in enumerate(coefficients)), sympy.Integer(0))


def shown(names):
    """The solution that the scenes show, as a set of SymPy."""
    exact = {place: sympy.Rational(*each) if each else None for place, _tex, each in names["ROOTS"]}
    parts = []
    for low, high, with_low, with_high in names["SOLVED"]:
        ends = [sympy.oo * (1 if end > 0 else -1) if abs(end) == float("inf") else exact[end] for end in (low, high)]
        if None in ends:
            return None
        parts.append(sympy.FiniteSet(ends[0]) if low == high else sympy.Interval(*ends, not with_low, not with_high))
    return sympy.Union(*parts)


def made_up(seed):
    """An equation or inequality as a teacher might type it."""
    chance = random.Random(seed)
    a, b, c, d, e = (chance.choice([*range(-9, 0), *range(1, 10)]) for _ in range(5))
    sign = chance.choice(["=", "=", "<", ">", "<=", ">="])
    forms = (
        f"{a}x + {b} {sign} {c}x + {d}", f"{a}(x - {abs(b)}) {sign} {c}(2x + {abs(d)}) - {abs(e)}x",
        f"{a}x^2 + {b}x {sign} {c}x + {d}", f"(x + {abs(a)})(x - {abs(b)}) {sign} 0",
        f"x/{abs(a)} + {b} {sign} {c} - x/2",
        f"({abs(a)}x - {abs(b)})^2 {sign} {abs(c)}", f"{a}x^2 {sign} {b}", f"{a}x^2 + {b}x + {c} {sign} {a}x^2 - {d}x",
    )  # fmt: skip
    return forms[seed % len(forms)].replace("+ -", "- ")


@pytest.mark.parametrize("seed", range(48))
def test_made_up_equations_are_solved_as_sympy_solves_them(run_template, seed):
    text = made_up(seed)
    wanted = own_reading(text)
    method = ("shortest", "factorising", "formula")[seed // 8 % 3]
    names = run_template(STEPS, equation=text, method=method)
    for left, sign, right in (sides for *_rest, sides in names["STEPS"] if sides):
        line = set_of(polynomial(left), polynomial(right), sign)
        assert line == wanted or (sign == "=" and "=" not in text.replace("<=", "").replace(">=", "")), text
    found = shown(names)
    if found is not None:
        assert found == wanted, text
    else:
        borders = sorted(float(each) for each in sympy.Poly(polynomial(names["APART"]), X).real_roots())
        assert [place for place, _tex, _exact in names["ROOTS"]] == pytest.approx(borders)
        for place in [borders[0] - 1, sum(borders) / 2, borders[1] + 1]:
            inside = any(low < place < high for low, high, *_belongs in names["SOLVED"])
            assert inside == (sympy.Float(place) in wanted)


@pytest.mark.parametrize(
    ("text", "root"),
    [("2x^2 + 3x - 7 = 0", "-3/4 - sqrt(65)/4"), ("x^2 = 12", "-2*sqrt(3)"), ("3x^2 - 5 = 0", "-sqrt(15)/3")],
)
def test_irrational_roots_are_written_exactly(run_template, text, root):
    place, tex, _exact = run_template(STEPS, equation=text)["ROOTS"][0]
    plain = tex.replace(r"\frac{\sqrt{65}}{4}", "sqrt(65)/4").replace(r"\frac{3}{4}", "3/4")
    plain = plain.replace(r"\frac{\sqrt{15}}{3}", "sqrt(15)/3").replace(r"2\sqrt{3}", "2*sqrt(3)")
    assert sympy.sympify(plain).equals(sympy.sympify(root))
    assert place == pytest.approx(float(sympy.sympify(root)))


def test_the_check_puts_exact_numbers_into_the_first_line(run_template):
    names = run_template(STEPS, equation="x/2 + 1/3 = 5/6 - 3x/7")
    number = names["tests"]()[0]
    assert sympy.Rational(*number[1]) == own_reading("x/2 + 1/3 = 5/6 - 3x/7").args[0]
    row = names["tested"](*number)
    assert row[1] == row[3] == "47/78"
    assert row[4] == "true"


def test_dividing_by_a_negative_number_turns_the_sign(run_template):
    steps = run_template(STEPS, equation="3 - 2x < 7")["STEPS"]
    assert [sides[1] for *_rest, sides in steps] == ["<", "<", ">"]
    assert "turns round" in steps[-1][4]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("sin(x) = 0.5", "no exact steps"), ("x^3 = 8", "highest power is 3"), ("x + y = 2", "several letters"),
        ("3x + 5", "no sign"), ("1/x = 2", "below a fraction bar"), ("(x + 1 = 2", "bracket"), ("7 = 7", "no letter"),
    ],
)  # fmt: skip
def test_what_cannot_be_solved_exactly_is_refused_with_a_reason(run_template, text, reason):
    with pytest.raises(ValueError, match=reason):
        run_template(STEPS, equation=text)


def test_a_wrong_step_would_be_noticed(run_template):
    names = run_template(STEPS, equation="3x + 5 = 20")
    first, wrong = names["KNOWN"][0], ((((0, 1)), ((3, 1))), "=", ((16, 1),))
    assert not names["same_solutions"](first, wrong)
    assert names["same_solutions"](first, names["KNOWN"][-1])
