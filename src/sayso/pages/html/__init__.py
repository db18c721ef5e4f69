"""HTML pages: three extractors as witnesses, the page's own tree, and a forest that weighs them line by line."""

from sayso.pages.html.read import read_html_page

__all__ = ["read_html_page"]
