"""Read a sitemap: the pages it lists, and what it says of each."""

import re

FLAGS = re.DOTALL | re.IGNORECASE


def parse_sitemap(content: str, max_urls: int = 10_000) -> dict:
    """The pages of a sitemap, at most ``max_urls`` of them, in their order.

    For each page the whole text is searched again for its date, priority and frequency.
    """
    result: dict = {"urls": [], "size_bytes": len(content)}
    for url_value in re.findall(r"<loc>\s*(.*?)\s*</loc>", content, FLAGS):
        url_data = {"loc": url_value}
        for tag in ("lastmod", "priority", "changefreq"):
            pattern = rf"<loc>\s*{re.escape(url_value)}\s*</loc>.*?<{tag}>\s*(.*?)\s*</{tag}>"
            found = re.search(pattern, content, FLAGS)
            if found:
                url_data[tag] = found.group(1)
        result["urls"].append(url_data)
        if len(result["urls"]) >= max_urls:
            break
    return result
