from . import refusal
from . import transition
from . import access_entry
from . import confidential
from . import lifecycle
from . import bilingual
from . import clock
from . import module
