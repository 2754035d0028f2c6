import networkx as nx


class Planner:
    """Answers what club members ask: how to get from here to there, and what else is near."""

    def __init__(self, graph):
        self._graph = graph
        self._tours = {}

    def tour(self, member, start, goal):
        minutes, ways = nx.single_source_dijkstra(self._graph, start, weight="minutes")
        self._tours[member, start] = ways
        return minutes[goal], ways[goal]

    def last_start(self, member):
        return next(start for who, start in reversed(self._tours) if who == member)
