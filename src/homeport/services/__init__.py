"""The one door through which anything changes: load, decide by a rule of the model, commit."""
