import { _t } from "@web/core/l10n/translation";

/** How long a pause in typing is before the text goes to the server (ms). */
const PAUSE = 1500;
/** How long a text waits before it is sent again without a connection (ms). */
const RETRY = 8000;
/** A page that is being left may send this many bytes along. */
const KEEPALIVE_MAX = 60000;

/** What does not count as a character; the same list as in `rules/rich_text.py`. */
const BLANKS =
    /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+/gu;

/** Characters of a text without blanks, counted as the server counts them. */
export function characters(text) {
    return [...text.replace(BLANKS, "")].length;
}

/** One call of a JSON route; `failed` says why there is no answer. */
export async function call(url, params, keepalive = false) {
    const body = JSON.stringify({ jsonrpc: "2.0", method: "call", params });
    let response;
    try {
        response = await fetch(url, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body,
            keepalive: keepalive && body.length < KEEPALIVE_MAX,
        });
    } catch {
        return { failed: "offline" };
    }
    const data = await response.json().catch(() => null);
    if (data?.error?.code === 100) {
        return { failed: "session" };
    }
    if (!data || data.error) {
        return { failed: data?.error?.code === 404 ? "gone" : "error" };
    }
    return data.result;
}

/**
 * Keeps one thing that somebody writes: on this device at once, on the server after a
 * pause, and again and again until the server has it.
 *
 * `read` gives what is to be kept, `send(value, keepalive)` the server's answer;
 * `show(state, answer)` puts one word of state on the page.
 */
export class Keeper {
    constructor({ key, read, send, show }) {
        Object.assign(this, { key, read, send, show });
        this.isDirty = false;
        this.isKeptHere = true;
        this.sending = null;
        this.timer = null;
    }

    /** What an earlier visit left on this device, null where nothing waits. */
    waiting() {
        try {
            return JSON.parse(localStorage.getItem(this.key));
        } catch {
            return null;
        }
    }

    changed() {
        this.isDirty = true;
        this.remember();
        this.show("typing");
        this.later(PAUSE);
    }

    remember() {
        try {
            localStorage.setItem(this.key, JSON.stringify(this.read()));
            this.isKeptHere = true;
        } catch {
            this.isKeptHere = false;
        }
    }

    forget() {
        try {
            localStorage.removeItem(this.key);
        } catch {
            // nothing was kept here
        }
    }

    later(pause) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.flush(), pause);
    }

    /** Send what has changed; one message at a time, the newest text last. */
    async flush(keepalive = false) {
        clearTimeout(this.timer);
        if (this.sending) {
            return this.sending.then(() => this.flush(keepalive));
        }
        if (!this.isDirty) {
            return;
        }
        this.isDirty = false;
        this.show("saving");
        this.sending = this.send(this.read(), keepalive);
        const answer = await this.sending;
        this.sending = null;
        this.received(answer);
    }

    received(answer) {
        if (answer.failed) {
            this.isDirty = true;
            this.show(answer.failed, answer);
            if (answer.failed !== "gone") {
                this.later(RETRY);
            }
        } else if (answer.conflict || answer.refused) {
            this.show(answer.conflict ? "conflict" : "refused", answer);
        } else {
            if (!this.isDirty) {
                this.forget();
            }
            this.show(this.isDirty ? "typing" : "saved", answer);
        }
    }

    destroy() {
        clearTimeout(this.timer);
    }
}

/** The one word of state, in the language of the page. */
export function stateWord(state, answer = {}) {
    switch (state) {
        case "saved":
            return _t("Saved %s", answer.saved_at || "");
        case "saving":
            return _t("Saving …");
        case "typing":
            return _t("Not saved yet");
        case "offline":
            return _t("Offline, kept on this device");
        case "session":
            return _t("Session over, kept on this device. Log in again in another tab.");
        case "conflict":
            return _t("Changed elsewhere, both are kept");
        case "gone":
            return _t("Not open any more, kept on this device");
        case "refused":
            return _t("Not taken: %s", answer.refused || "");
        default:
            return _t("Not saved, kept on this device");
    }
}
