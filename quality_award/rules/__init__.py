"""Rules of the award in plain Python: no import from Odoo."""
