"""Extensions of the old views step aside until their own file is read.

A form is checked together with what extends it. While the new form is read, the old
extensions still ask for fields that are gone.
"""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE ir_ui_view v
           SET arch_db = '{"en_US": "<data/>"}', arch_prev = NULL
          FROM ir_model_data d
         WHERE d.module = 'quality_award' AND d.model = 'ir.ui.view'
           AND d.res_id = v.id AND v.inherit_id IS NOT NULL AND v.type != 'qweb'
        """
    )
