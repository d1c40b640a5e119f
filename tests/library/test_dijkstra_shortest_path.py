"""The distances and ways of computer_science/dijkstra_shortest_path agree with networkx."""

import functools
import itertools

import networkx as nx
import pytest

LENGTHS = [
    [4, 2, 1, 5, 8, 10, 2, 6, 3, 9, 4],
    [1] * 11,
    [30] * 11,
    [30, 1, 1, 30, 1, 30, 1, 1, 30, 30, 1],
]


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "computer_science/dijkstra_shortest_path")


def network(names):
    graph = nx.Graph()
    graph.add_weighted_edges_from([(*pair, length) for pair, length in names["ROADS"].items()])
    return graph


@pytest.mark.parametrize("lengths", LENGTHS)
@pytest.mark.parametrize("start", ["A", "D", "G"])
def test_every_distance_is_the_one_networkx_finds(run, start, lengths):
    names = run(start=start, lengths=lengths)
    graph = network(names)
    _, distance, before = names["dijkstra"](start)
    assert distance == nx.single_source_dijkstra_path_length(graph, start)
    for place in graph:
        way = names["way_to"](place, before)
        assert nx.path_weight(graph, way, "weight") == distance[place] == names["length_of"](way)


@pytest.mark.parametrize("lengths", LENGTHS)
def test_places_are_settled_in_the_order_of_their_distance_and_never_corrected_after(run, lengths):
    names = run(lengths=lengths)
    steps, distance, _ = names["dijkstra"]("A")
    settled = [step[1:] for step in steps if step[0] == "settle"]
    assert len({place for place, _ in settled}) == len(settled) == len(names["PLACES"])
    assert [far for _, far in settled] == sorted(far for _, far in settled)
    assert all(distance[place] == far for place, far in settled)


@pytest.mark.parametrize("lengths", LENGTHS)
def test_stopping_at_the_goal_gives_the_same_distance(run, lengths):
    names = run(lengths=lengths)
    graph = network(names)
    for first, last in itertools.product("AEG", "BDF"):
        assert names["dijkstra"](first, last)[1][last] == nx.dijkstra_path_length(graph, first, last)


def test_the_way_with_the_fewest_roads_has_as_many_as_networkx_says(run):
    names = run()
    graph = network(names)
    for first, last in itertools.combinations("ABCDEFG", 2):
        every = list(nx.all_shortest_paths(graph, first, last))
        found = names["fewest_roads"](first, last)
        assert found in every
        assert names["length_of"](found) == min(nx.path_weight(graph, way, "weight") for way in every)


def test_at_first_the_fewest_roads_are_a_detour(run):
    names = run()
    _, distance, before = names["dijkstra"]("A")
    assert names["way_to"]("G", before) == ["A", "C", "B", "D", "E", "F", "G"]
    assert distance["G"] == 17
    assert names["length_of"](names["fewest_roads"]("A", "G")) == 21


def test_walkers_meet_in_the_middle_of_the_time_left(run):
    """A road of 8 whose ends are reached after 2 and 8: both walkers meet after 9, 7 from the near end."""
    names = run()
    distance = dict.fromkeys(names["PLACES"], 1000.0) | {"C": 2, "D": 8}
    drawn = names["wet_roads"](distance, 9.0)
    whole = names["np"].linalg.norm(names["at"]("D") - names["at"]("C"))
    parts = [
        line.get_length() / whole * 8
        for line in drawn
        if any(abs(line.get_start() - names["at"](end)).max() < 1e-9 for end in "CD")
        and names["np"].linalg.norm(names["np"].cross(line.get_vector(), names["at"]("D") - names["at"]("C"))) < 1e-6
    ]
    assert sorted(parts) == pytest.approx([1, 7])
