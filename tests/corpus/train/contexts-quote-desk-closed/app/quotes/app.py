import json
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import Route

from quotes.context import RequestContext, contexts
from quotes.premium import premium, read_losses


async def quote(request):
    context = request.state.context
    context.body = await request.body()
    ship = json.loads(context.body)
    if ship["built"] < 2000:
        raise HTTPException(422, f"{ship['ship']} is too old")
    return JSONResponse({"ship": ship["ship"], "premium": premium(ship, request.app.state.losses)})


async def operators(request):
    return JSONResponse({"open": len(contexts)})


@asynccontextmanager
async def lifespan(app):
    app.state.losses = read_losses()
    yield


def create_app():
    routes = [Route("/quotes", quote, methods=["POST"]), Route("/operators", operators)]
    return Starlette(routes=routes, middleware=[Middleware(RequestContext)], lifespan=lifespan)
