# Source this file in a shell to work with this project's Odoo by hand:
#   . scripts/env.sh && psql award_demo
# It sets PYTHONPATH, PATH, ODOO_BIN, ODOO_RC and, unless PGHOST names a server
# of your own, the embedded PostgreSQL's PGHOST, PGPORT and PGUSER.
_award_root=$(cd "$(dirname "${BASH_SOURCE[0]:-$0}")/.." && pwd)
eval "$(PYTHONPATH="$_award_root" python3 -m scripts.runtime env)"
unset _award_root
