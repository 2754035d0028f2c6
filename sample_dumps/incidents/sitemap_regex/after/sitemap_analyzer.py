"""Read a sitemap: the pages it lists, and whether it says when they changed."""

import re

FLAGS = re.DOTALL | re.IGNORECASE
LOCATION = re.compile(r"<loc>\s*(.*?)\s*</loc>", FLAGS)
TAGS = ("lastmod", "priority", "changefreq")


def says(content: str, tag: str) -> bool:
    """Does the sitemap use this tag at all?"""
    return f"<{tag}>" in content


def parse_sitemap(content: str, max_urls: int = 10_000) -> dict:
    """The pages of a sitemap, at most ``max_urls`` of them, in one pass over the text."""
    result: dict = {"urls": [], "size_bytes": len(content)}
    for found in LOCATION.finditer(content):
        result["urls"].append({"loc": found.group(1)})
        if len(result["urls"]) >= max_urls:
            break
    result.update({f"has_{tag}": says(content, tag) for tag in TAGS})
    return result
