import { registry } from "@web/core/registry";
import { openMenu, openRow, pressAndConfirm, refused, standsAt } from "./steps";

const LINES = '.o_form_view [name="line_ids"]';

/** The cell of an item, told by its name. */
function cell(item, field) {
    return `${LINES} .o_data_row:contains("${item}") [name="${field}"]`;
}

function pick(item, field, choice) {
    return [
        { content: `Go to ${item}`, trigger: cell(item, field), run: "click" },
        {
            content: `Open the choices of ${item}`,
            trigger: `${cell(item, field)} .o_select_menu_toggler`,
            run: "click",
        },
        {
            content: `Choose ${choice}`,
            trigger: `.o_select_menu_item:contains(/^${choice}$/)`,
            run: "click",
        },
        { content: "It is taken", trigger: "body:not(:has(.o_select_menu_item))" },
    ];
}

function type(item, field, text) {
    return [
        { content: `Go to ${item}`, trigger: cell(item, field), run: "click" },
        {
            content: `Give ${text}`,
            trigger: `${cell(item, field)} input`,
            run: `edit ${text}`,
        },
    ];
}

const save = { content: "Save", trigger: ".o_form_button_save:enabled", run: "click" };

/** Saved, with so many items answered: the next one begins on a form at rest. */
function saved(answered) {
    return [
        save,
        {
            content: `${answered} items are answered`,
            trigger: `.o_field_widget[name="progress_text"]:contains("${answered}/5")`,
        },
        { content: "Nothing is left to save", trigger: ".o_form_saved" },
    ];
}

registry.category("web_tour.tours").add("award_expert_rates", {
    steps: () => [
        ...openMenu("menu_review", "menu_my_sheets"),
        ...openRow("成都角宿"),
        ...type("1.1", "percent", "80"),
        ...saved(1),
        ...type("1.2", "given_text", "100.5"),
        save,
        ...refused("100.50 is not on the scale of item 1.2", "give 0 to 100.00 points"),
        ...type("1.2", "given_text", "75.5"),
        ...saved(2),
        ...pick("2.1", "rating_id", "Fair"),
        ...saved(3),
        ...pick("有证书", "verdict", "Passed"),
        ...saved(4),
        ...pick("无抄袭", "verdict", "Not Passed"),
        ...saved(5),
        {
            content: "80 and 75.5 and half of 100 points",
            trigger: '.o_field_widget[name="total_text"]:contains(/^205.50$/)',
        },
        ...pressAndConfirm("action_lock"),
        ...standsAt("locked"),
        {
            content: "The rating is shown",
            trigger: `${cell("2.1", "rating_id")}:contains("Fair")`,
        },
    ],
});
