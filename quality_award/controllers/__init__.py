from . import portal
from . import portal_autosave
from . import portal_feedback
from . import portal_supplement
from . import portal_versions
from . import portal_people
from . import public_pages
from . import xlsx
