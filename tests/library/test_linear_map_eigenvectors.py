"""The linear map template's eigenvalues, eigenvectors and determinant agree with NumPy's."""

import numpy as np
import pytest

MAP = "linear_algebra/linear_map_eigenvectors"
MATRICES = {
    "two": [(2, 1, 1, 2), (3, 3, 3, 3), (-3, 2, 0, 0.5), (0, 2, 1, 0), (1, 0, 0, -2)],
    "complex": [(0, -1, 1, 0), (-3, -3, 3, 0.25), (1, -0.25, 3, 1)],
    "defective": [(1, 1, 0, 1), (0, 0, 2, 0), (3, 1, -1, 1)],
    "every": [(1, 0, 0, 1), (-2, 0, 0, -2), (0, 0, 0, 0)],
}
CASES = [(case, matrix) for case, matrices in MATRICES.items() for matrix in matrices]


def run(run_template, entries):
    keys = ("top_left", "top_right", "bottom_left", "bottom_right")
    return run_template(MAP, **dict(zip(keys, map(float, entries), strict=True)))


@pytest.mark.parametrize(("case", "entries"), CASES)
def test_eigenvalues_and_eigenvectors_are_the_true_ones(run_template, case, entries):
    names = run(run_template, entries)
    matrix = np.array(entries, dtype=float).reshape(2, 2)
    wanted = np.linalg.eigvals(matrix)
    assert names["case"]() == case
    assert pytest.approx(np.linalg.det(matrix), abs=1e-9) == names["DET"]
    if case == "complex":
        assert np.abs(wanted.imag).min() > 0
        assert names["eigenvalues"]() == []
        return
    assert sorted({round(each, 6) for each in names["eigenvalues"]()}) == sorted(
        {round(each, 6) for each in wanted.real}
    )
    for vector, value in names["eigenlines"]():
        assert np.linalg.norm(vector) == pytest.approx(1)
        assert matrix @ vector == pytest.approx(value * vector, abs=1e-9)
        assert names["characteristic"](value) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(("case", "entries"), CASES)
def test_the_number_of_marked_lines_is_honest(run_template, case, entries):
    lines = run(run_template, entries)["eigenlines"]()
    assert len(lines) == {"two": 2, "complex": 0, "defective": 1, "every": 2}[case]


def test_images_of_the_unit_square_and_of_unit_vectors_stay_in_the_picture(run_template):
    for entries in ((3, 3, 3, 3), (-3, 3, 3, 3), (0, 0, 0, 0), (2, 1, 1, 2)):
        names = run(run_template, entries)
        matrix, unit = names["MATRIX"], names["UNIT"]
        angles = np.linspace(0, 2 * np.pi, 200)
        images = [*(matrix @ np.array([np.cos(angles), np.sin(angles)])).T, matrix @ [1, 1]]
        assert all(abs(x) * unit <= names["HALF_WIDTH"] and abs(y) * unit <= names["HALF_HEIGHT"] for x, y in images)
