import { registry } from "@web/core/registry";

/** A valid code that no authority has assigned. */
const CREDIT_CODE = "91510199MADE99001D";

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
    },
});

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

const see = (trigger) => ({ content: `See ${trigger}`, trigger });

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
        see('.alert:contains("Still missing")'),
        type("chapter_profile", "组织概述"),
        press('button[name="save"]'),
        see('.alert-success:contains("Saved")'),
        see('#chapter_profile:value("组织概述")'),
        // handing it in names what is missing, and the clause
        press('button[name="submit"]'),
        see('.alert-danger:contains("not complete"):contains("Registered Here On")'),
        see('.alert-danger:contains("Art. 12(2)")'),
        see('#award_status:contains("Draft")'),
        enterDate("registered_on", "2012-05-01"),
        enterDate("operating_since", "2012-05-01"),
        type("liaison_name", "王甲子"),
        type("liaison_phone", "000-0000-0001"),
        {
            content: "It is a legal person",
            trigger: "#is_legal_person",
            run: "check",
        },
        {
            content: "Fill in every chapter",
            trigger: 'textarea[name^="chapter_"]:first',
            run() {
                for (const area of document.querySelectorAll("textarea")) {
                    area.value ||= `正文 ${area.name}`;
                }
            },
        },
        press('button[name="submit"]'),
        see('#award_status:contains("Submitted")'),
        see('#award_receipt:contains("3-0001")'),
        see('#award_next_step:contains("Recommendation is under way")'),
        see('#award_next_date:contains("2026-03-24")'),
        see("body:not(:has(textarea))"),
    ],
});
