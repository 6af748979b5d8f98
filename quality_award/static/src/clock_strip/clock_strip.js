import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component } from "@odoo/owl";

/**
 * Strips of days: how a time limit is counted. The server computes every cell; here
 * they are only drawn. Each strip carries the same in words for screen readers.
 */
export class ClockStripField extends Component {
    static template = "quality_award.ClockStripField";
    static props = { ...standardFieldProps };

    get strips() {
        return this.props.record.data[this.props.name] || [];
    }

    cellClass(day) {
        const marks = day.marks.map((mark) => `o_award_day_${mark}`);
        return ["o_award_day", `o_award_day_${day.kind}`, ...marks].join(" ");
    }
}

registry.category("fields").add("award_clock_strip", {
    component: ClockStripField,
    supportedTypes: ["json"],
});
