from . import test_application_access
from . import test_application_flow
from . import test_application_portal
from . import test_application_qualification
from . import test_application_refusals
from . import test_application_tours
