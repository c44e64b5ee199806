"""The words for what the store says in codes. Every code has one; an unknown code is shown as it is, never hidden."""
