"""The moves of computer_science/tower_of_hanoi are legal and as few as a search of all positions finds."""

import functools
import itertools

import networkx as nx
import pytest


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "computer_science/tower_of_hanoi")


def positions(count):
    """All positions (the peg of every disk, the smallest first), joined by legal moves."""
    graph = nx.Graph()
    for pegs in itertools.product(range(3), repeat=count):
        for disk, target in itertools.product(range(count), range(3)):
            smaller = pegs[:disk]
            if target != pegs[disk] and pegs[disk] not in smaller and target not in smaller:
                graph.add_edge(pegs, (*smaller, target, *pegs[disk + 1 :]))
    return graph


@pytest.mark.parametrize("goal", ["middle", "right"])
@pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
def test_the_moves_are_legal_end_on_the_goal_and_no_way_is_shorter(run, count, goal):
    names = run(disks=count, goal=goal)
    graph, now, moves = positions(count), (0,) * count, names["moves_of"](count)
    for disk, source, target in moves:
        assert now[disk - 1] == source
        following = (*now[: disk - 1], target, *now[disk:])
        assert graph.has_edge(now, following)
        now = following
    assert now == (names["TARGET"],) * count
    assert len(moves) == nx.shortest_path_length(graph, (0,) * count, now) == names["fewest_moves"](count)


def test_the_largest_disk_moves_once_in_the_middle(run):
    for count in range(2, 7):
        moves = run()["moves_of"](count)
        assert [index for index, move in enumerate(moves) if move[0] == count] == [len(moves) // 2]


@pytest.mark.parametrize("count", [2, 3, 6])
def test_each_disk_moves_twice_as_often_as_the_one_below_it(run, count):
    names = run(disks=count)
    assert [names["times_moved"](size) for size in range(1, count + 1)] == [
        1 << (count - k) for k in range(1, count + 1)
    ]


@pytest.mark.parametrize("count", [1, 7, 64])
def test_the_recurrence_gives_one_less_than_a_power_of_two(run, count):
    assert run()["fewest_moves"](count) == (1 << count) - 1


def test_the_legend_takes_585_billion_years(run):
    names = run()
    assert names["duration_text"](names["fewest_moves"](64) * 1.0) == "585 billion years"
    assert names["duration_text"](255 * 1.0) == "4.25 minutes"
    assert names["duration_text"](names["fewest_moves"](20) * 1.0) == "12.1 days"


def test_every_task_that_is_opened_is_closed_and_waits_for_the_ones_above_it(run):
    open_tasks = []
    for kind, count, source, target, depth in run()["solve"](5, 0, 2, 1):
        if kind == "call":
            assert depth == len(open_tasks)
            open_tasks.append((count, source, target))
        else:
            assert open_tasks[-1] == (count, source, target)
            if kind == "return":
                open_tasks.pop()
    assert open_tasks == []
