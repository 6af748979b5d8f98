from . import refusals
from . import award_list
from . import consultation
from . import committee
from . import meeting
from . import notice
from . import objection
from . import approval
