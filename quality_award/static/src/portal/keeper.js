import { _t } from "@web/core/l10n/translation";

/** How long a pause in typing is before the text goes to the server (ms). */
const PAUSE = 1500;
/** How long a text waits before it is sent again without a connection (ms). */
const RETRY = 8000;
/** How long open windows have to say that they are open (ms). */
const ANSWER = 300;
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
 * `show(state, answer)` puts one word of state on the page, and `took(answer)` notes
 * what the server has, whatever was typed since.
 */
export class Keeper {
    constructor({ key, read, send, show, took = () => {} }) {
        // Each page keeps in a place of its own: two windows overwrite nothing of each
        // other on this device, as they do not on the server.
        const own = `${key}#${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
        Object.assign(this, { prefix: `${key}#`, key: own, read, send, show, took });
        this.isDirty = false;
        this.isKeptHere = true;
        this.sending = null;
        this.timer = null;
    }

    /**
     * What earlier visits left on this device, newest first, each with its `key`; what
     * another open window is still writing is its own.
     */
    async left() {
        const found = this.kept();
        if (!found.length) {
            return this.listen([]);
        }
        this.listen(found);
        this.channel?.postMessage({ asks: this.key });
        await new Promise((resolve) => setTimeout(resolve, this.channel ? ANSWER : 0));
        return found.filter(({ key }) => !this.open.has(key));
    }

    kept() {
        const found = [];
        try {
            for (const key of Object.keys(localStorage)) {
                if (key.startsWith(this.prefix) && key !== this.key) {
                    found.push({ ...JSON.parse(localStorage.getItem(key)), key });
                }
            }
        } catch {
            // nothing can be read here
        }
        return found.sort((a, b) => b.at - a.at);
    }

    /** Answer other windows that ask who is open. */
    listen(found) {
        this.open = new Set();
        if (window.BroadcastChannel) {
            this.channel = new BroadcastChannel(this.prefix);
            this.channel.onmessage = ({ data }) => {
                if (data.asks) {
                    this.channel.postMessage({ open: this.key });
                } else {
                    this.open.add(data.open);
                }
            };
        }
        return found;
    }

    changed() {
        this.isDirty = true;
        this.remember();
        this.show("typing");
        this.later(PAUSE);
    }

    remember() {
        try {
            const kept = { ...this.read(), at: Date.now() };
            localStorage.setItem(this.key, JSON.stringify(kept));
            this.isKeptHere = true;
        } catch {
            this.isKeptHere = false;
        }
    }

    forget(key = this.key) {
        try {
            localStorage.removeItem(key);
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
            this.took(answer);
            if (this.isDirty) {
                this.remember();
            } else {
                this.forget();
            }
            this.show(this.isDirty ? "typing" : "saved", answer);
        }
    }

    destroy() {
        clearTimeout(this.timer);
        this.channel?.close();
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
