import { byId, element, say, timeOf } from "./element.js";
import { callActions, wrapUpForm } from "./forms.js";
import { details, glance, who } from "./packet-view.js";

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
export function createWorkView({ order }) {
  const root = byId("work");
  let shown = { key: "" };

  const draw = (key, make) => {
    if (shown.key === key) return shown;
    shown = { key, ...make() };
    root.replaceChildren(...shown.nodes);
    return shown;
  };

  return {
    idle: (status) =>
      draw(`idle ${status}`, () => ({ nodes: [element("p", { class: "idle" }, ...idleWords(status))] })),
    soon({ callId, summary, risk }) {
      const text = `A call may come to you soon: ${summary || "no details yet"} (risk ${Math.round(risk * 100)} %)`;
      draw(`soon ${callId} ${text}`, () => ({ nodes: [element("p", { class: "sheet soon" }, text)] }));
    },
    offer(offer) {
      const view = draw(`offer ${offer.offerId}`, () => offerNodes(offer, order));
      fill(view, offer);
      say(byId("announce"), `Call for you: ${offer.packet.intent?.summary ?? "a caller needs a person"}`);
      return view.card;
    },
    tick(leftMs, wholeMs, consented) {
      if (!shown.clock) return;
      const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
      shown.clock.textContent = consented ? "Pick up your phone" : `${seconds} s left`;
      shown.clock.classList.toggle("late", !consented && seconds <= 4);
      shown.bar.value = consented ? 1 : Math.max(0, leftMs / wholeMs);
      shown.accept.disabled = consented;
    },
    call(call) {
      const view = draw(`call ${call.escalationId}`, () => callNodes(order));
      view.state.textContent = STATES[call.state] ?? "In a call";
      view.state.dataset.state = call.state;
      for (const node of view.actions) node.hidden = !["bridged", "consulting"].includes(call.state);
      fill(view, call);
      return view.card;
    },
    wrapUp(call, disposition) {
      const view = draw(`wrap-up ${call.escalationId}`, () => {
        const card = element("article", { class: "sheet card" });
        return { nodes: [wrapUpForm(order, disposition), card], card };
      });
      fill(view, call);
    },
  };
}

function idleWords(status) {
  const words = {
    available: ["You are available", "The next call for your team comes here by itself."],
    away: ["You are away", "Nobody is sent to you until you are available again."],
    "check-in": ["Are you there?", "A call was not taken. Say that you are available to get the next one."],
    "wrap-up": ["Closing work", "Say that you are available when you are ready."],
    reserved: ["A call is coming", "One moment."],
    busy: ["In a call", "Your phone has the caller."],
  };
  const [title, text] = words[status] ?? ["You are off duty", "Say that you are available to take calls."];
  return [element("strong", {}, title), text];
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
  const card = element("article", {
    class: "sheet card new",
    "aria-label": "Call for you",
    "data-offer": offer.offerId,
  });
  const actions = element("div", { class: "actions" }, accept, decline, clock);
  return { nodes: [card], card, clock, bar, accept, between: [actions, bar] };
}

function callNodes(order) {
  const state = element("p", { class: "state", role: "status" });
  const actions = callActions(order);
  const card = element("article", { class: "sheet card", "aria-label": "The call" });
  return { nodes: [card], card, state, actions, above: [state], between: actions };
}

/** Draws the packet into the card, in place: buttons and what is unfolded stay as they are. */
function fill(view, { packet, version }) {
  if (!packet || view.version === version) return;
  view.version = version;
  const open = view.card.querySelector(":scope > details:last-child")?.open ?? false;
  view.card.replaceChildren(
    element(
      "header",
      {},
      who(packet),
      element("span", {}, `${packet.language ?? ""} · version ${version}, ${timeOf(packet.createdAt ?? Date.now())}`),
    ),
    ...(view.above ?? []),
    glance(packet),
    ...(view.between ?? []),
    ...[details(packet, open)].filter(Boolean),
  );
}
