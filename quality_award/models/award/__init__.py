from . import refusals
from . import award
from . import case
from . import grant
from . import prize
from . import obligation
from . import reminders
