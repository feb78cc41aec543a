import { byId, element, timeOf } from "./element.js";

const NAMES = { caller: "Caller", assistant: "Assistant", agent: "You" };

/** The conversation so far and as it goes on; a turn that comes twice is shown once. */
export function createTalkView() {
  const panel = byId("talk");
  const turns = byId("turns");
  let seen = new Set();

  const add = ({ role, text, at, evidence }) => {
    // The packet's copy is redacted, so the words of one turn may differ; who and when do not.
    const key = `${role} ${at}`;
    if (seen.has(key)) return;
    seen.add(key);
    const atEnd = turns.scrollHeight - turns.scrollTop - turns.clientHeight < 40;
    turns.append(
      element(
        "li",
        { class: "turn", "data-role": role, "data-evidence": evidence ? "true" : undefined },
        element("small", {}, `${NAMES[role] ?? role}, ${timeOf(at)}`),
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
      turns.replaceChildren();
      panel.hidden = true;
    },
  };
}
