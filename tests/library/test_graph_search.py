"""The searches of computer_science/graph_search agree with networkx."""

import functools

import networkx as nx
import pytest


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "computer_science/graph_search")


def network(names):
    return nx.Graph([tuple(road) for road in names["ROADS"]])


@pytest.mark.parametrize("start", ["A", "E", "I"])
def test_breadth_first_visits_by_distance_and_finds_shortest_ways(run, start):
    names = run(method="breadth-first search", start=start)
    graph = network(names)
    _, parent, visited = names["search"](start)
    lengths = nx.single_source_shortest_path_length(graph, start)

    assert sorted(visited) == sorted(graph)
    assert [lengths[place] for place in visited] == sorted(lengths.values())
    assert {place: len(names["path_to"](place, parent)) - 1 for place in graph} == dict(lengths)
    assert names["distances"](start) == dict(lengths)


@pytest.mark.parametrize("start", ["A", "E", "I"])
def test_depth_first_visits_like_networkx(run, start):
    names = run(method="depth-first search", start=start)
    graph = network(names)
    _, parent, visited = names["search"](start)

    expected = list(nx.dfs_preorder_nodes(graph, start, sort_neighbors=sorted))
    assert visited == expected
    assert all(graph.has_edge(place, other) for place, other in parent.items() if other)


def test_roads_do_not_cross_and_places_keep_apart(run):
    names = run()
    places = names["PLACES"]
    for road in names["ROADS"]:
        for other in names["ROADS"]:
            if not set(road) & set(other):
                assert not crosses(*(places[name] for name in road + other))


def crosses(a, b, c, d):
    def side(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
