from . import test_application_flow
