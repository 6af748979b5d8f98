import { registry } from "@web/core/registry";

/** A valid code that no authority has assigned. */
const CREDIT_CODE = "91510199MADE99001D";

const see = (trigger) => ({ content: `See ${trigger}`, trigger });

const type = (name, value) => ({
    content: `Fill in ${name}`,
    trigger: `[name="${name}"]`,
    run: `edit ${value}`,
});

/** Typing into an empty date field is more than the tour's helper can do. */
const enterDate = (name, value) => ({
    content: `Enter the date ${name}`,
    trigger: `[name="${name}"]`,
    run() {
        this.anchor.value = value;
        this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
    },
});

/** Nobody presses anything: the chapter is kept by itself. */
const write = (text) => [
    {
        content: "Write the chapter",
        trigger: '.o_award_editor[contenteditable="true"]',
        run() {
            this.anchor.textContent = text;
            this.anchor.dispatchEvent(new Event("input", { bubbles: true }));
        },
    },
    see('.o_award_state[data-state="saved"]'),
];

const choose = (name, label) => ({
    content: `Choose ${label}`,
    trigger: `select[name="${name}"]`,
    run: `selectByLabel ${label}`,
});

const press = (trigger) => ({
    content: `Press ${trigger}`,
    trigger,
    run: "click",
    expectUnloadPage: true,
});

registry.category("web_tour.tours").add("award_applicant_applies", {
    steps: () => [
        see('p:contains("no application yet")'),
        press('a[href^="/my/award/register/"]'),
        see('.alert-warning:contains("state secrets")'),
        type("credit_code", CREDIT_CODE),
        type("name", "成都角宿观星有限公司"),
        choose("trade_id", "Machinery"),
        choose("size", "Medium"),
        type("territory", "甲区"),
        choose("recommender_id", "甲区"),
        press('button:contains("Register")'),
        // a draft may be saved with less than all
        see('#award_status:contains("Draft")'),
        press('#award_missing a[href$="/chapter/profile"]'),
        ...write("组织概述"),
        // handing it in names what is missing, and the clause
        press('.o_award_tabs a[href$="/preview"]'),
        see('#award_against:contains("Registered Here On")'),
        see('#award_against li:first:contains("Art. 12(2)")'),
        see("button#award_go:disabled"),
        // each missing part leads to where it is written
        press('#award_against a[href$="/form#registered_on"]'),
        enterDate("registered_on", "2012-05-01"),
        enterDate("operating_since", "2012-05-01"),
        type("liaison_name", "王甲子"),
        type("liaison_phone", "000-0000-0001"),
        {
            content: "It is a legal person",
            trigger: "#is_legal_person",
            run: "check",
        },
        { content: "Save", trigger: 'button[name="save"]', run: "click" },
        see('.o_award_state[data-state="saved"]'),
        press('.o_award_tabs a[href$="/chapters"]'),
        press('.o_award_chapters a:contains("○"):first'),
        ...write("正文"),
    ],
});

registry.category("web_tour.tours").add("award_applicant_submits", {
    steps: () => [
        see('.alert-success:contains("Every field and chapter")'),
        press('.o_award_tabs a[href$="/preview"]'),
        see("#award_ready"),
        press("a#award_go"),
        { content: "Confirm", trigger: "#confirmed", run: "check" },
        press('button[name="submit"]'),
        see("#award_done"),
        see('#award_status:contains("Submitted")'),
        see('#award_receipt:contains("3-0001")'),
        see('#award_next_step:contains("Recommendation is under way")'),
        see('#award_next_date:contains("2026-03-24")'),
        see("body:not(:has(textarea))"),
    ],
});
