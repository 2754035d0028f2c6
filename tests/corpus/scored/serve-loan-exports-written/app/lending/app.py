import csv
import io

from lending.loans import COLUMNS, Loans
from lending.shelfmarks import labels
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route


def export(request):
    """Loans of a year as a table for the statistics office."""
    loans = request.app.state.loans
    table = io.StringIO()
    writer = csv.writer(table, delimiter=";")
    writer.writerow(COLUMNS)
    writer.writerows(loans.of(request.path_params["year"]))
    headers = {"Content-Disposition": "attachment; filename=loans.csv"}
    return Response(table.getvalue(), media_type="text/csv", headers=headers)


def label(request):
    drawn = request.app.state.labels[request.path_params["number"]]
    return Response(drawn.tobytes(), media_type="application/octet-stream")


def make_app(path):
    routes = [Route("/exports/{year:int}", export), Route("/labels/{number}", label)]
    app = Starlette(routes=routes)
    app.state.loans = Loans(path)
    app.state.labels = labels(900)
    return app
