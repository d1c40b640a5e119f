"""A clock that jumps is no sign of dead workers."""

from hypothesis import given
from hypothesis import strategies as st

from generation.clock import TOLERANCE_SECONDS, ClockWatch

QUIET = 10.0


def test_a_steady_clock_lets_leases_be_judged_at_once() -> None:
    clock = ClockWatch(quiet_seconds=QUIET)
    assert all(clock.is_steady(1_000_000.0 + second, second) for second in (0.0, 4.0, 8.0))


@given(jump=st.floats(TOLERANCE_SECONDS + 0.1, 7200.0), sign=st.sampled_from([-1, 1]))
def test_after_a_jump_either_way_leases_rest_until_live_workers_had_time_to_beat(jump: float, sign: int) -> None:
    clock = ClockWatch(quiet_seconds=QUIET)
    assert clock.is_steady(1_000_000.0, 0.0)
    moved = 1_000_000.0 + sign * jump
    assert not clock.is_steady(moved + 4.0, 4.0)
    assert not clock.is_steady(moved + 4.0 + QUIET - 0.5, 4.0 + QUIET - 0.5)
    assert clock.is_steady(moved + 4.0 + QUIET, 4.0 + QUIET)


@given(drift=st.floats(-0.4, 0.4))
def test_a_little_drift_is_no_jump(drift: float) -> None:
    clock = ClockWatch(quiet_seconds=QUIET)
    assert all(clock.is_steady(1_000_000.0 + step * (4.0 + drift), step * 4.0) for step in range(50))
