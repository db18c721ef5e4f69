"""Names and addresses of news outlets and agencies -> the outlet of record."""

from sayso.outlets.know import know_outlet
from sayso.outlets.outlet import Outlet
from sayso.outlets.register import Outlets

__all__ = ["Outlet", "Outlets", "know_outlet"]
