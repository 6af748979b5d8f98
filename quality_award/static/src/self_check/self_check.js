import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component } from "@odoo/owl";

/** What the self-check of a scheme has found: sentences that open the record at fault. */
export class SelfCheckField extends Component {
    static template = "quality_award.SelfCheckField";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
    }

    get lines() {
        return this.props.record.data[this.props.name] || [];
    }

    open(line) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: line.model,
            res_id: line.id,
            views: [[false, "form"]],
            target: "current",
        });
    }
}

registry.category("fields").add("award_self_check", {
    component: SelfCheckField,
    supportedTypes: ["json"],
});
