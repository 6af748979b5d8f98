from .models.base import door
from .models.regulation import frozen


def post_init_hook(env):
    """Load what the addon knows of the official calendar."""
    env["award.calendar.year"]._load_shipped()


def uninstall_hook(env):
    """Take out what Odoo does not know of: functions, triggers, raw tables."""
    frozen.remove_freeze(env.cr)
    door.remove_everything(env.cr)
