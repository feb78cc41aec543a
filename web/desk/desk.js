// The plain desk: one agent, one socket, one card at a time. What the gateway says is drawn; what the agent does is
// sent. Nothing is decided here.

import { byId, say } from "./element.js";
import { sessionState, signIn, signOut } from "./session.js";
import { openSocket } from "./socket.js";
import { createTalkView } from "./talk-view.js";
import { createWorkView, withdrawnWords } from "./work-view.js";

const STATUS = {
  available: "available",
  away: "away",
  reserved: "call coming",
  busy: "in a call",
  "wrap-up": "closing work",
  "check-in": "check in",
  offline: "off duty",
  lost: "not connected",
};

const talk = createTalkView();
const work = createWorkView({ order, comeBack: () => document.querySelector('[data-status="available"]').click() });
let socket;
/** What is on the desk: `{ kind: "offer" | "call" | "wrap-up", … }`. */
let current;
let status = "offline";
/** How long a call that may come is shown, in milliseconds, when nothing more is heard of it. */
const SOON_MS = 60_000;
let soonOver;
let me;
/** The gateway's clock minus ours, in milliseconds: countdowns follow the gateway. */
let clockAhead = 0;

const visible = () => document.visibilityState === "visible";

// Signing in and out

byId("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  void trySignIn(event.currentTarget);
});

async function trySignIn(form) {
  const { apiKey, agent } = Object.fromEntries(new FormData(form));
  const wrong = await signIn(apiKey, agent);
  say(byId("sign-in-problem"), wrong);
  if (wrong) return;
  form.reset();
  sitDown();
}

byId("sign-out").addEventListener("click", () => {
  socket?.send({ type: "presence", status: "offline", reason: "signed out" });
  void signOut();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel never leaves its origin
  otherTabs.postMessage("signed out");
  standUp();
});

/** Who signs out has left the computer: no other tab of theirs stays at the desk. */
const otherTabs = new BroadcastChannel("warmline-desk");
otherTabs.addEventListener("message", standUp);

const statusButtons = [...document.querySelectorAll("button[data-status]")];
for (const button of statusButtons)
  button.addEventListener("click", () => {
    say(byId("notice"));
    socket?.send({ type: "presence", status: button.dataset.status });
  });

/** Without a connection a click would do nothing: the buttons say so. */
function connected(there) {
  for (const button of statusButtons) button.disabled = !there;
}

function sitDown() {
  byId("sign-in").hidden = true;
  byId("desk").hidden = false;
  byId("me").hidden = false;
  socket = openSocket({
    heard,
    down: lost,
    refused: standUp,
  });
}

/** What the gateway says of the agent, or that it says nothing any more. */
function showStatus(shown) {
  status = shown;
  const pill = byId("status");
  pill.textContent = STATUS[status] ?? status;
  pill.dataset.status = status;
  for (const button of statusButtons) button.setAttribute("aria-pressed", String(button.dataset.status === status));
  if (!current) work.idle(status, me);
}

function lost() {
  connected(false);
  showStatus("lost");
  say(byId("connection"), "The connection is lost. After five seconds you are off duty and calls move on.");
}

function standUp() {
  socket?.close();
  socket = undefined;
  clearWork();
  say(byId("connection"));
  byId("me").hidden = true;
  byId("desk").hidden = true;
  byId("sign-in").hidden = false;
}

// What the gateway says

/** Whoever waits for the agent comes before closing work. */
const urgency = ({ kind, until }) => (kind === "offer" ? 2 : until ? 0 : 1);

const on = {
  hello({ agent, presence, serverTime, open }) {
    clockAhead = Date.parse(serverTime) - Date.now();
    say(byId("connection"));
    connected(true);
    me = agent;
    byId("my-name").textContent = agent.name;
    socket.send({ type: "visibility", visible: visible() });
    on.presence(presence);
    const item = open.toSorted((a, b) => urgency(b) - urgency(a))[0];
    // Whether the agent's yes arrived is the gateway's to say. With it, and the phone still ringing, it stays a card.
    if (item?.offerId && item.packet) return on.offer({ ...item, consented: item.kind === "call" });
    if (item) return showCall(item, item.state);
    const missed = current?.kind === "offer";
    clearWork();
    if (missed) say(byId("notice"), "The call moved on while you were not connected.");
    return undefined;
  },
  presence: ({ status: now }) => showStatus(now),
  "pre-alert"(frame) {
    if (current) return;
    work.soon(frame, { status, agent: me });
    // Nobody says that the risk is over: a card that stayed would promise a call for the rest of the day.
    clearTimeout(soonOver);
    soonOver = setTimeout(() => {
      if (!current) work.idle(status, me);
    }, SOON_MS);
  },
  offer(frame) {
    const again = current?.kind === "offer" && current.offerId === frame.offerId;
    if (!again) talk.clear();
    say(byId("notice"));
    current = { ...frame, kind: "offer", shownAt: now(), consented: frame.consented ?? (again && current.consented) };
    drawOffer();
  },
  packet({ escalationId, packet, version, hash }) {
    if (current?.escalationId !== escalationId || version < (current.version ?? 0)) return;
    Object.assign(current, { packet, version, hash });
    if (current.kind === "offer") drawOffer();
    else redraw();
  },
  "offer-withdrawn"({ offerId, reason }) {
    if (current?.kind !== "offer" || current.offerId !== offerId) return;
    if (reason === "accepted") return;
    clearWork();
    say(byId("notice"), withdrawnWords(reason));
  },
  turn({ escalationId, turn }) {
    if (current?.escalationId === escalationId) talk.add(turn);
  },
  state({ escalationId, state, until, cause }) {
    if (current?.escalationId !== escalationId) return;
    if (current.state !== state) say(byId("notice"));
    // Finished in another tab: a form that cannot be sent any more must not stay.
    if (Date.parse(current.until) > now() && !until && cause === "wrapped-up") return clearWork();
    current.until = until ?? current.until;
    // From then on the caller stays with the colleague when this agent goes.
    current.joined = state === "consulting" && (current.joined || cause === "agent-joined");
    if (["accepted", "moving", "bridged", "consulting", "handing-back"].includes(state)) showCall(current, state);
    else if (current.kind !== "offer") closingWork(state);
  },
  nudge({ field, asked }) {
    say(byId("notice"), `You asked "${asked}": it is on the card, under ${field}.`);
  },
  error({ code, message, packet, version, hash, ref }) {
    if (code === "stale-packet" && packet && current?.offerId === ref) {
      Object.assign(current, { packet, version, hash, consented: false, again: true });
      drawOffer();
      // Said beside the button: a banner would push it away in the moment in which it is pressed.
      say(byId("announce"), message);
      return;
    }
    if (code === "offer-gone") return;
    say(byId("notice"), message);
  },
};

/** Unknown types are of a later version: ignored. */
function heard(frame) {
  on[frame.type]?.(frame);
}

// What is on the desk

const now = () => Date.now() + clockAhead;

function drawOffer() {
  work.offer(current);
  talk.fill(current.packet);
  document.title = "● Call for you";
  tick();
  acknowledge(current);
}

/** Says "painted" once the browser has put the card on the screen: two frames later, and only of a visible page. */
function acknowledge({ offerId, version, hash }) {
  if (!visible()) return void socket.send({ type: "painted", offerId, version, hash, visible: false });
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const card = document.querySelector("[data-offer]");
      const there = current?.kind === "offer" && current.offerId === offerId && current.version === version;
      if (there && card?.dataset.offer === offerId && card.isConnected && visible()) {
        socket.send({ type: "painted", offerId, version, hash, visible: true });
      }
    }),
  );
  return undefined;
}

document.addEventListener("visibilitychange", () => {
  socket?.send({ type: "visibility", visible: visible() });
  if (visible() && current?.kind === "offer") acknowledge(current);
});

function showCall(item, state) {
  if (current?.escalationId !== item.escalationId) talk.clear();
  if (state === "wrapping-up" || state === "closed" || state === "agent-lost") {
    current = { ...item, kind: "wrap-up" };
    work.wrapUp(current);
    tick();
  } else {
    current = { ...item, kind: "call", state };
    work.call(current);
  }
  if (current.packet) talk.fill(current.packet);
  document.title = "In a call · Warmline desk";
}

function redraw() {
  if (current.kind === "call") work.call(current);
  else work.wrapUp(current);
  talk.fill(current.packet);
}

function closingWork(state) {
  const handedBack = current.kind === "call" && current.state === "handing-back";
  current = { ...current, kind: "wrap-up", state };
  work.wrapUp(current, handedBack ? "handed-back" : undefined);
  tick();
  document.title = "Closing work · Warmline desk";
}

function clearWork() {
  current = undefined;
  talk.clear();
  work.idle(status, me);
  say(byId("announce"));
  say(byId("notice"));
  document.title = "Warmline desk";
}

function tick() {
  if (current?.kind === "wrap-up") work.tickWrapUp({ leftMs: Date.parse(current.until) - now(), status });
  if (current?.kind !== "offer") return;
  const whole = Date.parse(current.acceptBy) - current.shownAt;
  const { consented, again } = current;
  work.tick({ leftMs: Date.parse(current.acceptBy) - now(), wholeMs: Math.max(whole, 1), consented, again });
}
setInterval(tick, 250);

/** What the agent does, as a frame about what is on the desk. */
function order(frame) {
  if (!current || !socket) return;
  say(byId("notice"));
  const { offerId, escalationId, hash } = current;
  const about = {
    accept: { offerId, hash },
    decline: { offerId },
  }[frame.type] ?? { escalationId };
  if (!socket.send({ ...frame, ...about })) {
    say(byId("notice"), "That was not sent: the connection is lost. It comes back by itself.");
    return;
  }
  if (frame.type === "accept") {
    current.consented = true;
    tick();
  }
  if (frame.type === "wrap-up") clearWork();
}

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.repeat || current?.kind !== "offer") return;
  const type = { Digit1: "accept", Digit0: "decline" }[event.code];
  if (!type) return;
  event.preventDefault();
  order({ type });
});

// Start: whoever is signed in already sits down at once.
if ((await sessionState()) === "open") sitDown();
else standUp();
