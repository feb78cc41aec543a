import { type EscalationId, type OfferId } from "../domain/ids.ts";
import { iso } from "../domain/time.ts";
import { closingUntil, handoffNameFor, type CaseState, type Offer } from "../handoff/state.ts";
import type { CaseId } from "../ports/journal.ts";
import type { OpenWork } from "../protocol/desk-frames.ts";
import type { DeskDeps } from "./desk-deps.ts";
import type { Seat } from "./seat.ts";
import { admit, mayServe } from "./show-desk.ts";

type RestoreDeps = Pick<DeskDeps, "cases" | "journal" | "conversations">;

/** What a desk that (re)connects must show: from the journal, so that any node can tell. */
export async function restoreDesk(deps: RestoreDeps, seat: Seat): Promise<OpenWork[]> {
  const work: OpenWork[] = [];
  for (const row of await deps.journal.holding(seat.agent)) {
    if (row.handoff?.state === "closed") continue;
    const state = await deps.cases.state(row.caseId);
    if (!state || !mayServe(seat, state)) continue;
    const item = await restoreCase(deps, seat, row, state);
    if (item) work.push(item);
  }
  return work;
}

/** `asked`: they have said yes, and their leg is not up yet. */
type Role =
  | { readonly kind: "offer"; readonly offer: Offer }
  | { readonly kind: "call"; readonly offer?: OfferId; readonly asked?: boolean };

const ASKED: ReadonlySet<string> = new Set(["offering", "offering-fallback", "capturing-callback"]);

/** What the agent is in this case: asked, in the conversation, or closing it. */
function roleOf(state: CaseState, seat: Seat): Role | undefined {
  const { handoff } = state;
  const mine = (offer: Offer | undefined): Offer | undefined => (offer?.agent === seat.agent ? offer : undefined);
  const bridge = handoff.kind === "consulting" ? mine(handoff.bridge) : undefined;
  if (bridge) return { kind: "call", offer: bridge.id };
  const offer = "offer" in handoff ? mine(handoff.offer) : undefined;
  if (offer) {
    const asked = ASKED.has(handoffNameFor(state, seat.agent));
    return asked && !offer.consent ? { kind: "offer", offer } : { kind: "call", offer: offer.id, asked };
  }
  return state.wrapUps.some(({ agent }) => agent === seat.agent) ? { kind: "call" } : undefined;
}

async function restoreCase(
  deps: RestoreDeps,
  seat: Seat,
  { id, caseId }: { readonly id: EscalationId; readonly caseId: CaseId },
  state: CaseState,
): Promise<OpenWork | undefined> {
  const role = roleOf(state, seat);
  if (!role) return undefined;
  const packet = await deps.conversations.packet(id);
  const shown = admit(seat, id, caseId, packet);
  const fields = packet && { packet: JSON.parse(packet.json), version: packet.version, hash: packet.hash };
  if (role.kind === "call") {
    shown.accepted = true;
    if (role.offer !== undefined) shown.offer = role.offer;
    const until = closingUntil(state, seat.agent);
    return {
      kind: "call",
      escalationId: id,
      state: handoffNameFor(state, seat.agent),
      ...fields,
      ...(role.asked && { offerId: role.offer }),
      ...(until !== undefined && { until: iso(until) }),
    };
  }
  shown.offer = role.offer.id;
  if (!fields) return undefined;
  return { kind: "offer", offerId: role.offer.id, escalationId: id, ...fields, acceptBy: iso(role.offer.giveUpAt) };
}
