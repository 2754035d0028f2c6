import random

import networkx as nx


def trails(rows, columns, seed):
    """Huts and crossings with the minutes that a trail takes; some trails are closed."""
    dice = random.Random(seed)
    graph = nx.Graph(name="Eastern Alps")
    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            for there in (
                here + 1 if column + 1 < columns else None,
                here + columns if row + 1 < rows else None,
            ):
                if there is not None and dice.random() < 0.93:
                    graph.add_edge(here, there, minutes=dice.randrange(15, 190))
    for part in sorted(nx.connected_components(graph), key=len)[:-1]:
        graph.remove_nodes_from(part)
    return graph
