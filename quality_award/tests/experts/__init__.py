from . import test_experts_panel
