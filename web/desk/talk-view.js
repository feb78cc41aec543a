import { byId, element, timeOf } from "./element.js";

const NAMES = { caller: "Caller", assistant: "Assistant", agent: "You" };

/** "1:05": minutes and seconds into the call. */
function sinceThen(ms) {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** The conversation so far and as it goes on; a turn that comes twice is shown once. */
export function createTalkView() {
  const panel = byId("talk");
  const turns = byId("turns");
  let seen = new Set();
  /** When the conversation began: turns are told apart by how far into the call they are. */
  let began;

  const add = ({ role, text, at, evidence }) => {
    // The packet's copy is redacted, so the words of one turn may differ; who and when do not.
    const key = `${role} ${at}`;
    if (seen.has(key)) return;
    seen.add(key);
    began ??= Date.parse(at);
    const atEnd = turns.scrollHeight - turns.scrollTop - turns.clientHeight < 40;
    turns.append(
      element(
        "li",
        { class: "turn", "data-role": role, "data-evidence": evidence ? "true" : undefined },
        element(
          "small",
          { title: timeOf(at) },
          `${NAMES[role] ?? role}, ${sinceThen(Date.parse(at) - began)}`,
          // In words as well: a coloured edge alone says nothing to many.
          evidence && element("span", { class: "led" }, "led to this call"),
        ),
        text,
      ),
    );
    // Who scrolled up to read is left there.
    if (atEnd) turns.scrollTop = turns.scrollHeight;
  };

  return {
    /** The packet's transcript; `evidence` are the turns that led to the decision. */
    fill(packet) {
      panel.hidden = false;
      const evidence = new Set(packet?.trigger?.evidence ?? []);
      for (const [index, turn] of (packet?.transcript ?? []).entries()) add({ ...turn, evidence: evidence.has(index) });
    },
    add,
    clear() {
      seen = new Set();
      began = undefined;
      turns.replaceChildren();
      panel.hidden = true;
    },
  };
}
