"""Suppliers upload their price lists with a form."""

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from catalogue import remember
from pricelist import rows_of


async def upload(request):
    async with request.form() as form:
        supplier, count, highest = form["supplier"], 0, 0.0
        async for article, price in rows_of(form["list"]):
            count, highest = count + 1, max(highest, price)
            if count % 100 == 0:
                remember(supplier, article, price)
        return JSONResponse({"supplier": supplier, "rows": count, "highest": highest})


app = Starlette(routes=[Route("/lists", upload, methods=["POST"])])
