import type { AgentId, EscalationId, OfferId } from "../domain/ids.ts";
import type { EpochMs } from "../domain/time.ts";
import type { AgentProfile } from "../ports/directory.ts";
import type { CaseId } from "../ports/journal.ts";
import type { StoredPacket } from "../ports/conversations.ts";
import { FRAME_BYTES_MAX, type ServerFrame } from "../protocol/desk-frames.ts";
import type { DeskSocket } from "./desk-socket.ts";

/** One escalation that this agent may see. */
export type ShownCase = {
  readonly caseId: CaseId;
  /** Every version that went out, so that an acknowledgement can be held against what was sent. */
  readonly sent: Map<number, string>;
  newest?: StoredPacket;
  /** The card that is on the desk for it. */
  offer?: OfferId;
  accepted: boolean;
};

/** One agent on this node: all their tabs, and what is on them. Lives from the first socket to the end of the grace. */
export type Seat = {
  readonly agent: AgentId;
  profile: AgentProfile;
  readonly sockets: Set<DeskSocket>;
  readonly cases: Map<EscalationId, ShownCase>;
  /** One thing at a time, in order: what is shown needs answers from stores, and a withdrawal must not overtake its card. */
  tail: Promise<void>;
  renewedAt: EpochMs;
  cancelGrace: (() => void) | undefined;
  /** Set while presence does not answer: ends the asking for this agent. */
  cancelAsking: (() => void) | undefined;
  /** Set when the grace is over: whoever comes back meanwhile waits for it and starts anew. */
  leaving: Promise<void> | undefined;
};

export type Seats = Map<AgentId, Seat>;

/** To every tab of the agent. False: the frame was too large, and an error went out in its place. */
export function sendTo(seat: Seat, frame: ServerFrame): boolean {
  const whole = JSON.stringify(frame);
  const fits = Buffer.byteLength(whole) <= FRAME_BYTES_MAX;
  const text = fits ? whole : JSON.stringify(TOO_LARGE);
  for (const socket of seat.sockets) socket.send(text);
  return fits;
}

const TOO_LARGE: ServerFrame = {
  type: "error",
  code: "packet-too-large",
  message: "What should be shown here does not fit into a frame; the whisper says the essentials.",
};

/** The case whose card is this offer. */
export function caseOfOffer(seat: Seat, offer: string): readonly [EscalationId, ShownCase] | undefined {
  return [...seat.cases].find(([, shown]) => shown.offer === offer);
}
