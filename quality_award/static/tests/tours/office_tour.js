import { registry } from "@web/core/registry";
import { openMenu, openRow, pressAndConfirm, refused, standsAt } from "./steps";

/** Requirements of the shipped scheme, one finding each. */
const REQUIREMENTS = 11;

function finding(row) {
    const cell = `[name="line_ids"] .o_data_row:nth-child(${row}) [name="verdict"]`;
    return [
        {
            content: `Go to finding ${row}`,
            trigger: `.o_form_view ${cell}`,
            run: "click",
        },
        {
            content: "Open its choices",
            trigger: `.o_form_view ${cell} .o_select_menu_toggler`,
            run: "click",
        },
        {
            content: "Choose “Met”",
            trigger: ".o_select_menu_menu .o_select_menu_item:contains(/^Met$/)",
            run: "click",
        },
        {
            content: "The finding shows it",
            trigger: `.o_form_view ${cell} .o_select_menu_toggler:value(Met)`,
        },
    ];
}

registry.category("web_tour.tours").add("award_office_announces", {
    steps: () => [
        ...openMenu("menu_editions", "menu_award_edition"),
        ...openRow("Edition 5"),
        ...standsAt("draft"),
        {
            content: "The window can still be set",
            trigger: '.o_field_widget[name="window_start"]:not(.o_readonly_modifier)',
        },
        ...pressAndConfirm("action_announce"),
        ...standsAt("announced"),
        {
            content: "The window is fixed now",
            trigger: '.o_field_widget[name="window_start"].o_readonly_modifier',
        },
        {
            content: "There is nothing to announce any more",
            trigger: '.o_form_view:not(:has(button[name="action_announce"]))',
        },
    ],
});

registry.category("web_tour.tours").add("award_office_checks", {
    steps: () => [
        ...openMenu("menu_cases", "menu_award_qualification"),
        ...openRow("3-0001"),
        {
            content: "Each finding names its clause",
            trigger: '[name="line_ids"] .o_data_row:first [name="clause_id"]:contains("Art. ")',
        },
        {
            content: "Look at what was handed in",
            trigger: '.o_notebook_headers [name="content"]',
            run: "click",
        },
        {
            content: "The text of the applicant is there",
            trigger: '[name="content_html"]:contains("正文 profile")',
        },
        {
            content: "Back to the findings",
            trigger: '.o_notebook_headers [name="findings"]',
            run: "click",
        },
        ...pressAndConfirm("action_decide"),
        ...refused("Findings are missing", "Art. 12(5)"),
        ...Array.from({ length: REQUIREMENTS }, (_, row) => finding(row + 1)).flat(),
        ...pressAndConfirm("action_decide"),
        ...standsAt("decided"),
        {
            content: "The findings are closed",
            trigger: '.o_field_widget[name="line_ids"].o_readonly_modifier',
        },
    ],
});
