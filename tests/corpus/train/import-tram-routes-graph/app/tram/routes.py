import networkx as nx


class Routes:
    def __init__(self, legs):
        self._graph = nx.Graph()
        self._graph.add_weighted_edges_from(legs, weight="minutes")
        self.stops = sorted(self._graph)

    def quickest(self, start, goal):
        """Minutes and stops of the quickest way."""
        return nx.single_source_dijkstra(self._graph, start, goal, weight="minutes")
