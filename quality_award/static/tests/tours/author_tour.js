import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/utils";

import {
    ROW,
    addRow,
    choose,
    openMenu,
    openPage,
    pick,
    pressAndConfirm,
    refused,
    save,
    standsAt,
    type,
} from "./steps";

const CHECKLIST = ".o_award_self_check";
const DIALOG = ".modal .o_form_view";

/** Write one clause in the dialog of the list. */
function clause(code, citation, summary) {
    return [
        {
            content: "Add a clause",
            trigger: '.o_form_view [name="clause_ids"] .o_field_x2many_list_row_add a',
            run: "click",
        },
        ...type("citation_zh", citation, DIALOG),
        ...type("code", code, DIALOG),
        ...type("summary_zh", summary, DIALOG),
        {
            content: "Keep it",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "It is in the list",
            trigger: `[name="clause_ids"] .o_data_row:contains("${citation}")`,
        },
    ];
}

function told(text) {
    return {
        content: `The self-check says “${text}”`,
        trigger: `${CHECKLIST}:contains("${text}")`,
    };
}

function press(name) {
    return {
        content: `Press ${name}`,
        trigger: `.o_form_view .o_form_statusbar button[name="${name}"]:enabled`,
        run: "click",
    };
}

function remove(list, text) {
    return [
        {
            content: `Take “${text}” out`,
            trigger: `[name="${list}"] .o_data_row:contains("${text}") .o_list_record_remove`,
            run: "click",
        },
        {
            content: "It is gone",
            trigger: `[name="${list}"]:not(:has(.o_data_row:contains("${text}")))`,
        },
    ];
}

registry.category("web_tour.tours").add("award_author_writes", {
    steps: () => [
        // -- from nothing: a name, and the clauses first
        {
            content: "Write a new scheme",
            trigger: ".o_list_view .o_list_button_add, .o_control_panel .o_list_button_add",
            run: "click",
        },
        {
            content: "The form says how to begin",
            trigger: '.alert:contains("Give the regulation a name")',
        },
        ...type("name_zh", "某县质量奖办法"),
        ...type("name_en", "Quality Award of a County"),
        ...type("code", "authored"),
        ...clause("1", "第一条", "县政府设立质量奖。"),
        ...clause("2", "第二条", "公示前征求部门意见,办公室五个工作日内发函。"),
        ...save(),
        // -- the usual procedure as a proposal
        {
            content: "Put the proposal in",
            trigger: '.alert button[name="action_start"]',
            run: "click",
        },
        told("has no criteria"),
        // -- the finding opens its record: the class, whose criteria are chosen
        {
            content: "Open the class at fault",
            trigger: `${CHECKLIST} li:contains("has no criteria") a`,
            run: "click",
        },
        {
            content: "It is the class",
            trigger: '.o_form_view [name="subject"]',
        },
        ...pick("criteria_id", "2012"),
        ...pick("clause_id", "第一条"),
        ...save(),
        {
            content: "Back to the scheme",
            trigger: '.o_breadcrumb .o_back_button, .breadcrumb-item:not(.active):last a',
            run: "click",
        },
        {
            content: "Nothing contradicts itself now",
            trigger: '.alert-success:contains("Nothing in the scheme contradicts itself")',
        },
        // -- stages: one is taken out, one is added and moved on the board
        ...openPage("stages"),
        ...remove("stage_ids", "site_visit"),
        ...addRow("stage_ids"),
        ...choose("kind", "Consultation", ROW),
        ...type("name_zh", "征求意见", ROW),
        ...pick("clause_id", "第二条", ROW),
        ...save(),
        told("No stage can come after the award"),
        told("has a weight, but the scheme has no such stage"),
        {
            content: "Open the board",
            trigger: '.tab-pane button[name="action_stage_board"]',
            run: "click",
        },
        {
            content: "The new stage is the last",
            trigger: '.o_kanban_record:nth-child(11):contains("Consultation")',
        },
        {
            content: "Move it before the deliberation",
            trigger: '.o_kanban_record:contains("Consultation")',
            run: 'drag_and_drop(.o_kanban_record:contains("Adopts: Proposed List"))',
        },
        {
            content: "It stands there",
            trigger: '.o_kanban_record:nth-child(6):contains("Consultation")',
        },
        {
            content: "Back to the scheme",
            trigger: '.o_breadcrumb .o_back_button, .breadcrumb-item:not(.active):last a',
            run: "click",
        },
        // -- figures
        ...openPage("parameters"),
        ...remove("parameter_ids", "Weight of the site visit"),
        {
            content: "Go to the weight of the documents",
            trigger: '[name="parameter_ids"] .o_data_row:contains("Weight of the documents") [name="value"]',
            run: "click",
        },
        ...type("value", "10000", ROW),
        ...addRow("parameter_ids"),
        ...choose("code", "Months between editions", ROW),
        ...type("value", "12", ROW),
        ...pick("clause_id", "第一条", ROW),
        // -- a clock, hung on its clause and its stage
        ...openPage("clock_rules"),
        ...addRow("clock_rule_ids"),
        ...type("name_zh", "办公室征求部门意见", ROW),
        ...choose("start_event", "Recommended list received by the office", ROW),
        ...type("length", "5", ROW),
        ...choose("unit", "Working Days", ROW),
        ...choose("owner_role", "Award Office: Officer", ROW),
        ...pick("clause_id", "第二条", ROW),
        ...save(),
        {
            content: "Nothing contradicts itself",
            trigger: '.alert-success:contains("Nothing in the scheme contradicts itself")',
        },
        // -- checked; a change takes it back, in words
        press("action_check"),
        ...standsAt("checked"),
        ...type("document_number", "演示〔2026〕8号"),
        ...save(),
        ...standsAt("draft"),
        {
            content: "It says why",
            trigger: '.alert:contains("Changed after the check"):contains("checked again")',
        },
        press("action_check"),
        ...standsAt("checked"),
        // -- adopted by the body that the scheme names, with its document
        ...pressAndConfirm("action_adopt"),
        ...refused("The adoption of the scheme is not recorded in full", "Meeting"),
        ...pick("adopted_by_id", "Committee"),
        ...type("adoption_meeting", "第一次全体会议"),
        ...type("adoption_number", "演示决〔2026〕1号"),
        ...type("adopted_on", "02/02/2026"),
        {
            content: "Attach the document",
            trigger: '[name="adoption_document"] .o_select_file_button',
            async run() {
                await inputFiles('[name="adoption_document"] .o_input_file', [
                    new File(["%PDF-1.4 minutes"], "minutes.pdf", {
                        type: "application/pdf",
                    }),
                ]);
            },
        },
        {
            content: "It is attached",
            trigger: '[name="adoption_document"] .o_clear_file_button',
        },
        ...save(),
        ...pressAndConfirm("action_adopt"),
        ...standsAt("adopted"),
        {
            content: "What has been adopted cannot be changed",
            trigger: '.o_field_widget[name="name_zh"].o_readonly_modifier',
        },
        ...pressAndConfirm("action_publish"),
        ...standsAt("published"),
        {
            content: "It has its fingerprint",
            trigger: '[name="content_hash"]:contains("$1$")',
        },
    ],
});

registry.category("web_tour.tours").add("award_office_opens", {
    steps: () => [
        {
            content: "Open a new edition",
            trigger: ".o_list_button_add",
            run: "click",
        },
        ...type("name_zh", "首届"),
        ...type("name_en", "First Edition"),
        ...pick("scheme_id", "Quality Award of a County"),
        ...type("term", "1"),
        ...type("award_year", "2026"),
        ...type("window_start", "03/09/2026 09:00:00"),
        ...type("window_end", "03/20/2026 17:00:00"),
        ...save(),
        {
            content: "Its timetable is one click away",
            trigger: 'button[name="action_timetable"]',
        },
        ...openPage("adoptions"),
        {
            content: "What the scheme asks for",
            trigger: '.o_form_view button[name="action_fill_adoptions"]',
            run: "click",
        },
        {
            content: "The adoption of the scheme is on record already",
            trigger: '[name="adoption_ids"] .o_data_row:contains("演示决〔2026〕1号")',
        },
        ...pressAndConfirm("action_announce"),
        ...standsAt("announced"),
    ],
});
