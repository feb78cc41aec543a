import { byId, element, say, timeOf } from "./element.js";
import { callActions, wrapUpForm } from "./forms.js";
import { details, glance, languageOf, who } from "./packet-view.js";

const WITHDRAWN = {
  accepted: "",
  "caller-left": "The caller hung up.",
  "accepted-elsewhere": "A colleague took the call.",
  missed: "The call moved on: it was not taken in time.",
  declined: "You declined the call.",
  busy: "Your phone was busy, so the call moved on.",
  "carrier-fault": "Your phone could not be reached, so the call moved on.",
  "no-audio": "Your phone had no sound, so the call moved on.",
  replaced: "The call goes to another team.",
  "caller-cancelled": "The caller changed their mind.",
  "caller-chose-fallback": "The caller chose a callback.",
  "desk-lost": "Your desk lost its connection, so the call moved on.",
  "forced-offline": "A supervisor took you off duty.",
};
export const withdrawnWords = (reason) => WITHDRAWN[reason] ?? "The call moved on.";

const STATES = {
  offering: "Your phone is ringing",
  accepted: "The caller is being told that you are here",
  moving: "Connecting",
  bridged: "You are talking with the caller",
  consulting: "A colleague is being asked; you still have the caller",
  "handing-back": "Going back to the assistant",
  "agent-lost": "The line was cut; the assistant has the caller",
};

/** The offer, the call, or the closing work; nothing is drawn anew that the agent may be typing in. */
export function createWorkView({ order, comeBack }) {
  const root = byId("work");
  let shown = { key: "" };

  const draw = (key, make) => {
    if (shown.key === key) return shown;
    shown = { key, ...make() };
    root.replaceChildren(...shown.nodes);
    return shown;
  };

  return {
    idle: (status, agent) =>
      draw(`idle ${status} ${agent?.id}`, () => ({
        nodes: [idleNode({ status, agent, comeBack })],
      })),
    /** Above what an agent without a call sees: it is no call yet, and may never be one. */
    soon: (frame, { status, agent }) =>
      draw(`soon ${frame.callId} ${frame.summary} ${frame.risk}`, () => ({
        nodes: [soonCard(frame), idleNode({ status, agent, comeBack })],
      })),
    offer(offer) {
      const view = draw(`offer ${offer.offerId}`, () => offerNodes(offer, order));
      fill(view, offer);
      announce(`Call for you: ${offer.packet.intent?.summary ?? "a caller needs a person"}`);
      return view.card;
    },
    tick: (clock) => shown.clock && tick(shown, clock),
    tickWrapUp: (clock) => shown.ends && say(shown.ends, closingWords(clock)),
    call(call) {
      const view = draw(`call ${call.escalationId}`, () => callNodes(order));
      view.state.textContent = call.joined
        ? "Your colleague is with you and the caller"
        : (STATES[call.state] ?? "In a call");
      view.end.textContent = call.joined ? "Leave the call" : "End call";
      view.state.dataset.state = call.state;
      for (const node of view.actions) node.hidden = !["bridged", "consulting"].includes(call.state);
      fill(view, call);
      return view.card;
    },
    wrapUp(call, disposition) {
      const view = draw(`wrap-up ${call.escalationId}`, () => wrapUpNodes(order, disposition));
      fill(view, call);
      // Who works by keyboard goes on where the call's buttons were.
      if (document.activeElement === document.body && !view.focused) view.first.focus({ preventScroll: true });
      view.focused = true;
    },
  };
}

/** `again`: the card has changed under the agent's hand, and they have to accept what it says now. */
function tick(view, { leftMs, wholeMs, consented, again }) {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  // Short enough for one line of a narrow screen: a second one would lift the buttons.
  const left = again ? `Card changed: accept again, ${seconds} s` : `${seconds} s left`;
  const { clock, bar, accept } = view;
  clock.textContent = consented ? "Pick up your phone" : left;
  clock.classList.toggle("again", Boolean(again && !consented));
  clock.classList.toggle("late", !consented && seconds <= 4);
  clock.classList.toggle("now", Boolean(consented));
  bar.value = consented ? 1 : Math.max(0, leftMs / wholeMs);
  accept.disabled = Boolean(consented);
}

/** Closing work is for a limited time; whoever has said what they are now has ended it themselves. */
function closingWords({ leftMs, status }) {
  if (["available", "away", "offline", "lost"].includes(status)) return "";
  if (leftMs > 0) return `${Math.ceil(leftMs / 1_000)} s left. Then you are asked whether you are there.`;
  return status === "check-in" ? "The time is up. What you have written can still be sent." : "";
}

const idleNode = ({ status, agent, comeBack }) =>
  element("div", { class: "idle" }, ...idleWords(status), status === "check-in" && here(comeBack), where(agent));

/** Said once: the same words again would interrupt whoever hears the page read out. */
function announce(text) {
  if (byId("announce").textContent !== text) say(byId("announce"), text);
}

/** Who did not take a call gets none until they say so: that is the one thing to do here. */
const here = (comeBack) =>
  element(
    "p",
    { class: "actions" },
    element("button", { type: "button", class: "primary", onclick: comeBack }, "Yes, I am here"),
  );

function idleWords(status) {
  const words = {
    available: ["You are available", "The next call for your team comes here by itself."],
    away: ["You are away", "Nobody is sent to you until you are available again."],
    "check-in": ["Are you there?", "A call was not taken. The next one comes when you say that you are here."],
    "wrap-up": ["Closing work", "Say that you are available when you are ready."],
    reserved: ["A call is coming", "One moment."],
    busy: ["In a call", "Your phone has the caller."],
    lost: ["You are not connected", "No call reaches you here. The page connects again by itself."],
  };
  const [title, text] = words[status] ?? ["You are off duty", "Say that you are available to take calls."];
  return [element("h1", {}, title), element("p", {}, text)];
}

const DEVICES = { phone: "your phone", sip: "your SIP phone", softphone: "your softphone" };

/** What will ring, and for whom: a wrong device shows before the first call is missed. */
function where(agent) {
  if (!agent?.device) return undefined;
  const { kind, address } = agent.device;
  const teams = agent.queues?.length > 0 ? `, for ${agent.queues.join(", ")}` : "";
  return element("p", { class: "hint" }, `Calls ring ${DEVICES[kind] ?? kind}, ${address}${teams}.`);
}

function offerNodes(offer, order) {
  const clock = element("span", { class: "clock", role: "timer" });
  const bar = element("progress", { max: 1, value: 1, "aria-hidden": "true" });
  const accept = element(
    "button",
    { type: "button", class: "primary", "aria-keyshortcuts": "Alt+1", onclick: () => order({ type: "accept" }) },
    "Accept ",
    element("kbd", {}, "Alt 1"),
  );
  const decline = element(
    "button",
    { type: "button", class: "danger", "aria-keyshortcuts": "Alt+0", onclick: () => order({ type: "decline" }) },
    "Decline ",
    element("kbd", {}, "Alt 0"),
  );
  const slots = createSlots();
  // Above what grows and shrinks while the caller talks on: a button never moves away from under a finger.
  const decide = element("div", { class: "decide" }, element("div", { class: "actions" }, accept, decline, clock), bar);
  const card = element(
    "article",
    { class: "sheet card new", "aria-label": "Call for you", "data-offer": offer.offerId },
    element("h1", { class: "title" }, "Call for you"),
    slots.who,
    decide,
    slots.glance,
    slots.more,
  );
  return { nodes: [card], card, slots, clock, bar, accept };
}

/** Where a packet goes in a card. Only what is inside is drawn anew: whoever types or tabs in the card goes on there. */
function createSlots() {
  const blocks = element("div", { class: "more" });
  return {
    who: element("header"),
    glance: element("div"),
    more: element("details", { hidden: true }, element("summary", {}, "Everything that is known"), blocks),
    blocks,
  };
}

function soonCard({ summary, risk }) {
  const title = risk >= 0.8 ? "A call is likely to come to you" : "A call may come to you soon";
  return element(
    "div",
    { class: "sheet soon" },
    element("strong", {}, title),
    element("p", {}, summary || "Nothing is known yet."),
  );
}

function wrapUpNodes(order, disposition) {
  const form = wrapUpForm(order, disposition);
  const slots = createSlots();
  const card = element(
    "article",
    { class: "sheet card", "aria-label": "The call" },
    slots.who,
    slots.glance,
    slots.more,
  );
  const ends = element("p", { class: "hint", role: "timer", hidden: true });
  form.firstChild.after(ends);
  return { nodes: [form, card], card, slots, ends, first: form.elements.disposition };
}

function callNodes(order) {
  const state = element("p", { class: "state", role: "status" });
  const actions = callActions(order);
  const slots = createSlots();
  const card = element(
    "article",
    { class: "sheet card", "aria-label": "The call" },
    slots.who,
    state,
    slots.glance,
    actions,
    slots.more,
  );
  return { nodes: [card], card, slots, state, actions, end: actions[0].firstChild };
}

/** Draws the packet into the card, in place: buttons, forms and what is unfolded stay as they are. */
function fill({ card, slots }, { packet, version }) {
  if (!packet || card.dataset.version === String(version)) return;
  card.dataset.version = String(version);
  const facts = [languageOf(packet), `as of ${timeOf(packet.createdAt ?? Date.now())}`].filter(Boolean);
  slots.who.replaceChildren(who(packet), element("span", {}, facts.join(" · ")));
  slots.glance.replaceChildren(glance(packet));
  const blocks = details(packet);
  slots.blocks.replaceChildren(...blocks);
  slots.more.hidden = blocks.length === 0;
}
