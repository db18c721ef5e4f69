"""The store: everything received, what was read in it, who decided what; one SQLite file."""

from sayso.ledger.ledger import Ledger
from sayso.ledger.records import Outcome, Receipt
from sayso.ledger.store import Stamp

__all__ = ["Ledger", "Outcome", "Receipt", "Stamp"]
