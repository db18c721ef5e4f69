"""Events in the terms of other people's codebooks: ACLED, PLOVER, UCDP."""
