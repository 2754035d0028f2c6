import json

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import Route

from quotes.context import RequestContext, contexts
from quotes.premium import premium


async def quote(request):
    context = request.state.context
    context.body = await request.body()
    ship = json.loads(context.body)
    if ship["built"] < 2000:
        raise HTTPException(422, f"{ship['ship']} is too old")
    return JSONResponse({"ship": ship["ship"], "premium": premium(ship)})


async def operators(request):
    return JSONResponse({"open": len(contexts)})


def create_app():
    routes = [Route("/quotes", quote, methods=["POST"]), Route("/operators", operators)]
    return Starlette(routes=routes, middleware=[Middleware(RequestContext)])
