from . import test_base_lifecycle
from . import test_base_door
