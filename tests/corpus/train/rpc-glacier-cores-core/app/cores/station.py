from xmlrpc.server import SimpleXMLRPCServer

from cores.drilling import profile
from cores.photographs import photograph


class Station(SimpleXMLRPCServer):
    """Answers for single cores, and for many of them in one call, as the line is slow."""

    def __init__(self, address):
        super().__init__(address, logRequests=False)
        self.answered = 0
        self.register_multicall_functions()
        self.register_function(self.layers)

    def layers(self, core, number):
        return [[*row, photograph(core % 1_000 // 4)[int(row[0] * 100)]] for row in profile(core, number)]

    def _marshaled_dispatch(self, data, dispatch_method=None, path=None):
        answer = super()._marshaled_dispatch(data, dispatch_method, path)
        self.answered += len(answer)
        return answer
