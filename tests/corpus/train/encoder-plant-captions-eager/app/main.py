from http.client import HTTPConnection

from fastapi import FastAPI
from herbarium import routes
from serve import served


def visits(port):
    """What a visitor asks: sheets and words, and at last for plants that are alike."""
    line = HTTPConnection("127.0.0.1", port)
    paths = [f"/plants/{number}" for number in range(120)]
    paths += ["/plants?word=Salix", "/plants?word=quarry", "/alike/17"]
    for path in paths:
        line.request("GET", path)
        answer = line.getresponse().read()
    return answer


if __name__ == "__main__":
    app = FastAPI(title="herbarium")
    app.include_router(routes.router)
    with served(app) as port:
        print(visits(port))
