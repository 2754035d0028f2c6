"""The crawler's web service: analyse a site, and answer the health check."""

import httpx
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

from sitemap_analyzer import parse_sitemap


async def health(request):
    return PlainTextResponse("ok")


async def analyse(request):
    """Fetch the sitemap of a site and count its pages."""
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{request.query_params['site']}/sitemap.xml")
    sitemap = parse_sitemap(answer.text)
    return JSONResponse({"pages": len(sitemap["urls"]), "size_bytes": sitemap["size_bytes"]})


app = Starlette(routes=[Route("/health", health), Route("/analyse", analyse)])
