"""Answers with the timetable of a whole railway."""

from http.client import HTTPConnection

from site_server import running


def serve():
    with running() as (host, port):
        sizes = []
        for line in ("north", "south", "all"):
            connection = HTTPConnection(host, port)
            connection.request("GET", f"/timetable/{line}")
            answer = connection.getresponse()
            size = 0
            while piece := answer.read(65_536):
                size += len(piece)
            sizes.append(size)
            connection.close()
        return sizes


if __name__ == "__main__":
    print(serve())
