"""The numbers of mechanics/projectile equal a numerical integration of free fall."""

import math

import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import minimize_scalar

PROJECTILE = "mechanics/projectile"


@pytest.mark.parametrize(("speed", "angle", "gravity"), [(20, 35, 9.81), (100, 80, 1), (2, 10, 25)])
def test_range_height_and_time_agree_with_integration(run_template, speed, angle, gravity):
    names = run_template(PROJECTILE, speed=speed, angle=angle, gravity=gravity)

    def landing(_t, state):
        return state[1]

    landing.terminal, landing.direction = True, -1
    tilt = math.radians(angle)
    start = [0, 0, speed * math.cos(tilt), speed * math.sin(tilt)]
    motion = solve_ivp(
        lambda _t, state: [state[2], state[3], 0, -gravity],
        (0, 1e3),
        start,
        events=landing,
        rtol=1e-10,
        dense_output=True,
    )
    time = motion.t_events[0][-1]
    assert names["flight_time"](angle) == pytest.approx(time, rel=1e-6)
    assert names["reach"](angle) == pytest.approx(motion.sol(time)[0], rel=1e-6)
    assert names["top"](angle) == pytest.approx(motion.sol(time / 2)[1], rel=1e-6)
    assert names["position"](angle, 0.3 * time) == pytest.approx(motion.sol(0.3 * time)[:2], rel=1e-6)


def test_complementary_angles_give_the_same_range_and_45_degrees_the_greatest(run_template):
    names = run_template(PROJECTILE, speed=20, angle=35)
    flat, steep = names["compared"]()
    assert flat + steep == 90
    assert names["reach"](flat) == pytest.approx(names["reach"](steep))
    best = minimize_scalar(lambda degrees: -names["reach"](degrees), bounds=(5, 85), method="bounded")
    assert best.x == pytest.approx(45, abs=1e-3)


def test_an_angle_near_45_degrees_is_compared_with_angles_that_can_be_told_apart(run_template):
    flat, steep = run_template(PROJECTILE, angle=45)["compared"]()
    assert steep - flat > 5
