import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

import { IndicatorRow } from "./indicator_row";
import { Keeper } from "./keeper";

/** One table of indicators: each row is kept for itself while it is written. */
export class AwardIndicators extends Interaction {
    static selector = ".o_award_indicators";
    dynamicContent = {
        ".o_award_rows": {
            "t-on-input": (ev) => this.rowOf(ev)?.typed(),
            "t-on-change": (ev) => this.rowOf(ev)?.keeper.flush(),
            "t-on-click": this.onClick,
            "t-on-submit": this.onSubmit,
        },
        ".o_award_add_row": { "t-on-click": () => this.add().focus() },
        _document: { "t-on-visibilitychange": () => this.flush(true) },
        _window: {
            "t-on-online": () => this.flush(),
            "t-on-focus": () => this.flush(),
            "t-on-pagehide": () => this.flush(true),
            "t-on-keydown": this.onKey,
            "t-on-beforeunload": this.onLeave,
        },
    };

    setup() {
        const { address, application, code, user } = this.el.dataset;
        this.address = address;
        this.code = code;
        this.key = `award:${user}:${application}:indicator:${code}`;
        this.rows = new Map();
    }

    start() {
        if (!this.el.dataset.open) {
            return;
        }
        for (const el of this.el.querySelectorAll(".o_award_row")) {
            this.keep(el).takeEarly();
        }
        const scout = new Keeper({ key: this.key });
        this.waitFor(scout.left()).then((left) => {
            scout.destroy();
            this.restore(left.reverse());
        });
    }

    destroy() {
        for (const row of this.rows.values()) {
            row.keeper.destroy();
        }
    }

    keep(el) {
        const { address, code, key } = this;
        const row = new IndicatorRow(el, { address, code, key });
        this.rows.set(el, row);
        return row;
    }

    rowOf(ev) {
        return this.rows.get(ev.target.closest(".o_award_row"));
    }

    add() {
        const { content } = this.el.querySelector("template");
        const el = content.cloneNode(true).querySelector(".o_award_row");
        this.el.querySelector(".o_award_rows").append(el);
        return this.keep(el);
    }

    /** What earlier visits left on this device, the oldest first, each in its row. */
    restore(left) {
        const byRow = new Map();
        for (const kept of left) {
            const row = this.rowFor(kept, byRow);
            byRow.set(row, [...(byRow.get(row) || []), kept]);
        }
        for (const [row, found] of byRow) {
            row.restore(found);
        }
    }

    rowFor(kept, byRow) {
        const isIts = (row) => (kept.row ? row.id === kept.row : row.isMadeAs(kept.token));
        const isLeft = (row) => byRow.get(row)?.some(({ token }) => token === kept.token);
        const known = [...this.rows.values()].find((row) => isIts(row) || isLeft(row));
        if (known) {
            return known;
        }
        const row = this.add();
        row.id = kept.row;
        return row;
    }

    flush(keepalive = false) {
        for (const row of this.rows.values()) {
            row.keeper.flush(keepalive);
        }
    }

    onClick(ev) {
        const button = ev.target.closest(".o_award_choose");
        if (button) {
            this.rowOf(ev).choose(button.dataset.choice);
        }
    }

    onSubmit(ev) {
        if (ev.target.matches(".o_award_remove")) {
            ev.preventDefault();
            this.rowOf(ev).remove();
        }
    }

    onKey(ev) {
        if ((ev.ctrlKey || ev.metaKey) && ev.key === "s") {
            ev.preventDefault();
            this.flush();
        }
    }

    /** Only where neither the server nor this device has what was typed. */
    onLeave(ev) {
        if ([...this.rows.values()].some((row) => row.isNowhere)) {
            ev.preventDefault();
        }
    }
}

registry.category("public.interactions").add("quality_award.indicators", AwardIndicators);
