"""The desk: the ledger in a browser, over HTTP on this machine alone."""
