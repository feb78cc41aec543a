import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import type { AgentId } from "../domain/ids.ts";
import { EpochMs, iso } from "../domain/time.ts";
import type { AgentProfile } from "../ports/directory.ts";
import type { Desk } from "../ports/desk.ts";
import type { AgentPresence, PresenceAnswer } from "../ports/presence.ts";
import { DESK_SUBPROTOCOL, readClientFrame, type OpenWork, type ServerFrame } from "../protocol/desk-frames.ts";
import { askPresenceAgain, stopAsking } from "./ask-presence.ts";
import type { DeskDeps } from "./desk-deps.ts";
import { createDeskSocket, socketLimits, type DeskSocket } from "./desk-socket.ts";
import { keepLease, onSocketGone } from "./leave-desk.ts";
import { errorFrame, obeyDesk } from "./obey-desk.ts";
import { presenceFrame } from "./presence-frame.ts";
import { refuseUpgrade } from "./refuse-upgrade.ts";
import { restoreDesk } from "./restore-desk.ts";
import { sendTo, type Seat, type Seats } from "./seat.ts";
import { createDesk } from "./show-desk.ts";

/** Tabs of one agent on one node. */
const TABS_MAX = 10;

export type DeskHub = {
  /** Shows things on the desks whose tabs are on this node. */
  readonly desk: Desk;
  /** Takes a WebSocket handshake for `/desk/socket`; false: it is for another door, and untouched. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Has the agent a live tab on this node? */
  isOpen(agent: AgentId): boolean;
  /** Live tabs on this node. */
  tabs(): number;
  /** Closes every tab with 1001 so that it connects elsewhere; sets nobody offline. */
  close(): void;
};

/** The agents' WebSocket hub (contract §4). */
export function createDeskHub(deps: DeskDeps): DeskHub {
  const seats: Seats = new Map();
  const server = new WebSocketServer({ noServer: true, ...socketLimits, handleProtocols: () => DESK_SUBPROTOCOL });
  const unsubscribe = deps.presence.onChange((presence) => {
    const seat = seats.get(presence.agent);
    if (seat) sendTo(seat, presenceFrame(presence));
  });
  let closing = false;
  const isClosing = (): boolean => closing;
  return {
    desk: createDesk(deps, seats),
    upgrade(request, socket, head) {
      if (pathOf(request) !== "/desk/socket") return false;
      // Until `ws` takes the connection over, a reset of it must not become an uncaught error.
      const onReset = (): void => void socket.destroy();
      socket.on("error", onReset);
      knock(deps, seats, request)
        .then((answer) => {
          if (typeof answer === "object" && "status" in answer) return refuseUpgrade(deps.log, socket, answer);
          return server.handleUpgrade(request, socket, head, (ws) => {
            socket.off("error", onReset);
            sitDown({ deps, seats, isClosing }, ws, answer);
          });
        })
        .catch((err: unknown) => {
          deps.log.error({ door: "desk", err }, "a desk could not be opened");
          refuseUpgrade(deps.log, socket, { status: 503, why: "The gateway cannot look up agents just now." });
        });
      return true;
    },
    isOpen: (agent) => !closing && (seats.get(agent)?.sockets.size ?? 0) > 0,
    tabs: () => [...seats.values()].reduce((sum, seat) => sum + seat.sockets.size, 0),
    close() {
      closing = true;
      unsubscribe();
      for (const seat of seats.values()) {
        seat.cancelGrace?.();
        stopAsking(seat);
        for (const socket of seat.sockets) socket.close(1001, "the gateway is going away");
      }
      server.close();
    },
  };
}

const pathOf = (request: IncomingMessage): string => (request.url ?? "/").split("?", 1)[0] ?? "/";

type Refusal = { readonly status: 400 | 401 | 403 | 404 | 429; readonly why: string };

/** Who knocks, and may they? */
async function knock(deps: DeskDeps, seats: Seats, request: IncomingMessage): Promise<AgentProfile | Refusal> {
  const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
  if (!offered.includes(DESK_SUBPROTOCOL)) {
    return { status: 400, why: `Ask for the WebSocket subprotocol ${DESK_SUBPROTOCOL}.` };
  }
  const admission = deps.admit(request);
  if (!admission.ok) return admission;
  const profile = await deps.directory.agent(admission.agent);
  if (!profile) return { status: 404, why: "There is no agent of that id: create it with POST /api/agents." };
  if ((seats.get(admission.agent)?.sockets.size ?? 0) >= TABS_MAX) {
    return { status: 429, why: `This agent has ${TABS_MAX} desks open: close one of them.` };
  }
  return profile;
}

type Hall = { readonly deps: DeskDeps; readonly seats: Seats; readonly isClosing: () => boolean };

function sitDown(hall: Hall, ws: WebSocket, profile: AgentProfile): void {
  const { deps, seats } = hall;
  const old = seats.get(profile.id);
  // Somebody who comes back at the very end of the grace starts anew, after the leaving has been recorded.
  const seat: Seat = old && !old.leaving ? old : newSeat(profile, old);
  seats.set(profile.id, seat);
  seat.profile = profile;
  seat.cancelGrace?.();
  seat.cancelGrace = undefined;
  const greeted = Promise.resolve(old?.leaving).then(() => greet(hall, seat, (text) => socket.send(text)));
  const socket: DeskSocket = createDeskSocket(ws, deps.clock, {
    // Without a greeting the socket is being closed, which the log says below.
    frame: (text) =>
      greeted.then(
        () => onFrame(deps, seat, socket, text),
        () => undefined,
      ),
    heard: (at) => keepLease(deps, seat, at),
    refused: (why) => {
      logRefusal(deps, seat, why);
      socket.send(JSON.stringify(REFUSED[why]));
    },
    broke: (raw) => deps.log.warn({ agent: seat.agent, door: "desk", raw }, "a desk's socket broke"),
    gone: () => (hall.isClosing() ? void seat.sockets.delete(socket) : onSocketGone(deps, seats, seat, socket)),
  });
  seat.sockets.add(socket);
  keepLease(deps, seat, deps.clock.now());
  greeted.then(
    (hello) => socket.start(JSON.stringify(hello)),
    (err: unknown) => {
      deps.log.error({ agent: seat.agent, door: "desk", err }, "a desk could not be greeted");
      socket.close(1011, "the gateway cannot answer just now");
    },
  );
}

const REFUSED = {
  binary: errorFrame("malformed", "Frames are JSON text, not binary."),
  "too-fast": errorFrame("too-fast", "Too many frames at once: this one was dropped."),
} as const;

const newSeat = (profile: AgentProfile, old: Seat | undefined): Seat => ({
  agent: profile.id,
  profile,
  sockets: new Set(),
  cases: new Map(),
  tail: old?.leaving ?? Promise.resolve(),
  renewedAt: EpochMs(0),
  cancelGrace: undefined,
  cancelAsking: undefined,
  leaving: undefined,
});

/** `afterwards`: what the tab gets behind its greeting. */
async function greet({ deps }: Hall, seat: Seat, afterwards: (text: string) => void): Promise<ServerFrame> {
  const { id, name, skills, queues, device } = seat.profile;
  const at = deps.clock.now();
  const [presence, open] = await Promise.all([deps.presence.get([id], at), openWork(deps, seat)]);
  const unknown = { agent: id, status: "offline" as const, since: at };
  const current = (presence.ok ? presence.value[0] : undefined) ?? unknown;
  if (!presence.ok) {
    deps.log.warn({ agent: id, door: "desk", reason: presence.why }, "a desk was opened without its agent's state");
    afterwards(JSON.stringify(UNKNOWN));
    // A wish of theirs that waits already is answered with the state.
    if (!seat.cancelAsking) askPresenceAgain(deps, seat, () => stateOf(deps, unknown));
  }
  const { type: _type, ...shown } = presenceFrame(current);
  return {
    type: "hello",
    agent: { id, name, skills: [...skills], queues: [...queues], device },
    presence: shown,
    serverTime: iso(at),
    open,
  };
}

const UNKNOWN = errorFrame("presence-unavailable", "Your status is not known just now. It is shown as soon as it is.");

async function stateOf({ presence, clock }: DeskDeps, unknown: AgentPresence): Promise<PresenceAnswer<AgentPresence>> {
  const answer = await presence.get([unknown.agent], clock.now());
  return answer.ok ? { ok: true, value: answer.value[0] ?? unknown } : answer;
}

/** A desk opens although the journal does not answer: what comes from now on is shown all the same. */
async function openWork(deps: DeskDeps, seat: Seat): Promise<OpenWork[]> {
  try {
    return await restoreDesk(deps, seat);
  } catch (err) {
    deps.log.error({ agent: seat.agent, err }, "a desk was opened without its earlier cards");
    return [];
  }
}

/** One line for what was not obeyed, with nothing of what was sent (H12). */
function logRefusal({ log }: DeskDeps, { agent }: Seat, reason: string, bytes?: number): void {
  log.warn({ agent, door: "desk", reason, ...(bytes !== undefined && { bytes }) }, "a frame was refused");
}

async function onFrame(deps: DeskDeps, seat: Seat, socket: DeskSocket, text: string): Promise<void> {
  const read = readClientFrame(text);
  if (read.kind === "unknown") return;
  if (read.kind === "malformed") {
    logRefusal(deps, seat, "malformed", text.length);
    return socket.send(JSON.stringify(errorFrame("malformed", read.why)));
  }
  const { frame } = read;
  if (frame.type === "visibility") {
    socket.visible = frame.visible;
    return undefined;
  }
  if (frame.type === "painted") socket.visible = frame.visible;
  try {
    const answer = await obeyDesk(deps, seat, frame);
    if (answer?.type === "error") logRefusal(deps, seat, answer.code);
    if (answer) socket.send(JSON.stringify(answer));
  } catch (err) {
    deps.log.error({ agent: seat.agent, event: frame.type, err }, "an agent's order was not carried out");
    const sorry = "This could not be recorded just now, so it did not happen. Try again.";
    socket.send(JSON.stringify(errorFrame("not-stored", sorry)));
  }
}
