"""The ledger as it can be looked at: a row of tabs that keep its filters, and what each of them shows."""
