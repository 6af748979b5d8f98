"""Drives a whole edition of the award, as the people of every role would.

    python -m scripts.demo --database NAME [--start YYYY-MM-DD] [--seed N]
        [--small] | --logins

Nothing here knows a shortcut: every act is the public method behind a button, or
the page of the portal, called by the user of the role. Time is moved in this
process only.
"""
