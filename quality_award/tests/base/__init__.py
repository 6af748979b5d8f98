from . import test_base_lifecycle
from . import test_base_door
from . import test_base_access_log
from . import test_base_companies
from . import test_base_outsiders
from . import test_base_uninstall
from . import test_base_architecture
from . import test_base_access_matrix
