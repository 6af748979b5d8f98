from .models.base import door


def post_init_hook(env):
    """Load what the addon knows of the official calendar."""
    env["award.calendar.year"]._load_shipped()


def uninstall_hook(env):
    """Take out what Odoo does not know of: functions, triggers, raw tables."""
    door.remove_everything(env.cr)
