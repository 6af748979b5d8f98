from . import test_application_flow
from . import test_application_portal
