"""Plans journeys for the ticket office of a railway."""

from counter import enquiries
from network import Network
from planner import Planner

STATIONS = 900


def serve(planner):
    return sum(planner.plan(*enquiry).price for enquiry in enquiries(STATIONS, 3_200))


if __name__ == "__main__":
    planner = Planner(Network.of(STATIONS))
    print(f"sold for {serve(planner):.2f}")
