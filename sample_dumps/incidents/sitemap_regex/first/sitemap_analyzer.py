"""Read a sitemap: the pages it lists."""

import re


def parse_sitemap(content: str, max_urls: int = 10_000) -> dict:
    """The pages of a sitemap, at most ``max_urls`` of them, in their order."""
    result: dict = {"urls": [], "size_bytes": len(content)}
    for url_value in re.findall(r"<loc>\s*(.*?)\s*</loc>", content, re.DOTALL | re.IGNORECASE):
        result["urls"].append({"loc": url_value})
        if len(result["urls"]) >= max_urls:
            break
    return result
