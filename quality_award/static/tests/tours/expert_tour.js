import { registry } from "@web/core/registry";
import { openMenu, openRow, pressAndConfirm, refused, standsAt } from "./steps";

/** Items of the shipped criteria. */
const ITEMS = 23;
const LINES = '.o_form_view [name="line_ids"]';

function score(row, percent) {
    const cell = `${LINES} .o_data_row:nth-child(${row}) [name="percent"]`;
    return [
        { content: `Go to item ${row}`, trigger: cell, run: "click" },
        {
            content: `Score it with ${percent} %`,
            trigger: `${cell} input`,
            run: `edit ${percent}`,
        },
    ];
}

const save = { content: "Save", trigger: ".o_form_button_save:enabled", run: "click" };

registry.category("web_tour.tours").add("award_expert_scores", {
    steps: () => [
        // nothing is open before the undertaking is signed
        ...openMenu("menu_experts", "menu_my_declarations"),
        ...openRow("成都角宿"),
        {
            content: "No declaration without the undertaking",
            trigger: '.o_form_view:not(:has(button[name="action_declare_none"]))',
        },
        ...openMenu("menu_experts", "menu_my_undertakings"),
        {
            content: "Sign the undertaking of the edition",
            trigger: '.o_data_row:contains("Edition 3") button[name="action_sign_undertaking"]',
            run: "click",
        },
        {
            content: "The text to be signed is shown; sign it",
            trigger: '.modal:contains("keep everything I learn") .modal-footer .btn-primary',
            run: "click",
        },
        {
            content: "It is signed",
            trigger: '.o_data_row:contains("Edition 3") [name="undertaking_signed"] input:checked',
        },
        ...openMenu("menu_experts", "menu_my_declarations"),
        ...openRow("成都角宿"),
        {
            content: "Declare that there is no interest",
            trigger: 'button[name="action_declare_none"]:enabled',
            run: "click",
        },
        ...standsAt("none"),
        // the sheet, next to what was handed in
        ...openMenu("menu_review", "menu_my_sheets"),
        ...openRow("成都角宿"),
        {
            content: "What was handed in stands beside the items",
            trigger:
                '.tab-pane.active:has([name="line_ids"] .o_data_row) [name="content_html"]:visible:contains("正文 4.1.2")',
        },
        ...score(1, 52),
        save,
        ...refused("52 % is not on the scale of item 4.1.2", "Art. 12(6)"),
        ...Array.from({ length: ITEMS }, (_, row) => score(row + 1, 50)).flat(),
        save,
        {
            content: "All items are scored",
            trigger: `.o_field_widget[name="progress_text"]:contains("${ITEMS}/${ITEMS}")`,
        },
        {
            content: "Half of 1000 points",
            trigger: '.o_field_widget[name="total_text"]:contains(/^500.00$/)',
        },
        ...pressAndConfirm("action_lock"),
        ...standsAt("locked"),
        {
            content: "The items are closed",
            trigger: '.o_field_widget[name="line_ids"].o_readonly_modifier',
        },
    ],
});
