/**
 * Rows of the indicator tables: saved when a field is left, each row for itself.
 *
 * One visible word of state. What could not be sent stays in the fields and is sent
 * again when the connection is back; a row that somebody else has changed meanwhile is
 * not overwritten.
 */
import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { rpc } from "@web/core/network/rpc";
import { _t } from "@web/core/l10n/translation";

export class AwardIndicators extends Interaction {
    static selector = ".o_award_indicators";

    dynamicContent = {
        ".o_award_rows": {
            "t-on-change": this.onChange,
            "t-on-input": this.onInput,
        },
        ".o_award_add_row": { "t-on-click": this.onAdd },
        _window: {
            "t-on-online": this.sendAgain,
            "t-on-beforeunload": this.onLeave,
        },
    };

    setup() {
        this.waiting = new Set();
        this.timers = new Map();
    }

    onAdd() {
        const row = this.el.querySelector("template").content.cloneNode(true);
        const rows = this.el.querySelector(".o_award_rows");
        rows.append(row);
        rows.lastElementChild.querySelector("input").focus();
    }

    onInput(event) {
        const row = event.target.closest(".o_award_row");
        this.waiting.add(row);
        this.say(row, _t("Not saved yet"), "text-muted");
        clearTimeout(this.timers.get(row));
        this.timers.set(row, this.waitForTimeout(() => this.save(row), 2500));
    }

    onChange(event) {
        const row = event.target.closest(".o_award_row");
        clearTimeout(this.timers.get(row));
        this.save(row);
    }

    sendAgain() {
        for (const row of this.waiting) {
            this.save(row);
        }
    }

    onLeave(event) {
        if (this.waiting.size) {
            event.preventDefault();
        }
    }

    /** One request at a time for each row, so that a new row is made once. */
    async save(row) {
        if (row.dataset.busy) {
            row.dataset.again = "1";
            return;
        }
        row.dataset.busy = "1";
        this.waiting.add(row);
        const values = {};
        for (const input of row.querySelectorAll("input[name]:not([type=hidden])")) {
            values[input.name] = input.value;
        }
        this.say(row, _t("Saving…"), "text-muted");
        let answer;
        try {
            const { address, code } = this.el.dataset;
            answer = await this.waitFor(
                rpc(
                    `${address}/${encodeURIComponent(code)}/save`,
                    {
                        values,
                        row: Number(row.dataset.row) || null,
                        revision: Number(row.dataset.revision) || 0,
                    },
                    { silent: true }
                )
            );
        } catch {
            this.say(row, _t("Not saved: no connection. It is sent again."), "text-danger");
        }
        delete row.dataset.busy;
        if (answer) {
            this.show(row, answer, values);
        }
        if (row.dataset.again) {
            delete row.dataset.again;
            this.save(row);
        }
    }

    show(row, answer, sent) {
        for (const input of row.querySelectorAll("input[name]")) {
            const wrong = answer.wrong?.[input.name];
            input.classList.toggle("is-invalid", Boolean(wrong));
            input.setAttribute("aria-invalid", wrong ? "true" : "false");
        }
        if (answer.wrong) {
            this.say(row, Object.values(answer.wrong).join(" "), "text-danger");
            return;
        }
        if (answer.refused) {
            this.say(row, answer.refused, "text-danger");
            return;
        }
        if (answer.conflict) {
            this.waiting.delete(row);
            const by = answer.conflict.by;
            this.say(
                row,
                _t("%s has changed this row. Both are kept; reload and choose.", by),
                "text-danger"
            );
            return;
        }
        const inputs = [...row.querySelectorAll("input[name]:not([type=hidden])")];
        if (inputs.every((input) => sent[input.name] === input.value)) {
            this.waiting.delete(row);
        }
        row.dataset.row = answer.id;
        row.dataset.revision = answer.revision;
        const picture = new DOMParser().parseFromString(answer.chart, "text/html");
        row.querySelector(".o_award_figure").replaceChildren(...picture.body.children);
        this.say(row, _t("Saved %s", answer.saved_at), "text-success");
    }

    say(row, text, kind) {
        const word = row.querySelector(".o_award_state");
        word.textContent = text;
        word.className = `small o_award_state me-auto ${kind}`;
    }
}

registry.category("public.interactions").add("quality_award.indicators", AwardIndicators);
