import csv
import io
from itertools import chain, islice

from lending.loans import COLUMNS, Loans
from lending.shelfmarks import labels
from starlette.applications import Starlette
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

ROWS = 500


def lines(rows):
    """The table in pieces of some hundred rows."""
    rows = chain([COLUMNS], rows)
    while some := list(islice(rows, ROWS)):
        table = io.StringIO()
        csv.writer(table, delimiter=";").writerows(some)
        yield table.getvalue()


def export(request):
    """Loans of a year as a table for the statistics office."""
    rows = request.app.state.loans.of(request.path_params["year"])
    headers = {"Content-Disposition": "attachment; filename=loans.csv"}
    return StreamingResponse(lines(rows), media_type="text/csv", headers=headers)


def label(request):
    drawn = request.app.state.labels[request.path_params["number"]]
    return Response(drawn.tobytes(), media_type="application/octet-stream")


def make_app(path):
    routes = [Route("/exports/{year:int}", export), Route("/labels/{number}", label)]
    app = Starlette(routes=routes)
    app.state.loans = Loans(path)
    app.state.labels = labels(1_000)
    return app
