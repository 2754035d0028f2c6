"""Suppliers upload their price lists with a form."""

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from pricelist import highest_price, rows_of


async def upload(request):
    async with request.form() as form:
        supplier = form["supplier"]
        rows = await rows_of(form["list"])
        return JSONResponse({"supplier": supplier, "rows": len(rows), "highest": highest_price(rows)})


app = Starlette(routes=[Route("/lists", upload, methods=["POST"])])
