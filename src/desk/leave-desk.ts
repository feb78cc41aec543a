import { after, type EpochMs } from "../domain/time.ts";
import { stopAsking } from "./ask-presence.ts";
import type { DeskDeps } from "./desk-deps.ts";
import type { DeskSocket } from "./desk-socket.ts";
import type { Seat, Seats } from "./seat.ts";

/** A closed socket has this long to come back, during which nobody else sees a change (contract §4). */
const GRACE_MS = 5_000;
/**
 * From the last sign of life to the end of the agent's lease: less than the 15 s after which they must be unreservable
 * on every node even when this one dies, more than the 10 s after which we take the socket for dead.
 */
export const LEASE_MS = 14_000;
/** Renewing more often than the pings come changes nothing. */
const RENEW_MS = 2_000;

type LeaveDeps = Pick<DeskDeps, "presence" | "cases" | "hasDeskElsewhere" | "clock" | "log">;

/** A sign of life prolongs the lease, and nothing else. */
export function keepLease(deps: LeaveDeps, seat: Seat, at: EpochMs): void {
  if (at < after(seat.renewedAt, RENEW_MS)) return;
  seat.renewedAt = at;
  renew(deps, seat, at).catch((err: unknown) =>
    deps.log.error({ agent: seat.agent, err }, "a desk's lease was not renewed"),
  );
}

async function renew(deps: LeaveDeps, seat: Seat, at: EpochMs): Promise<void> {
  const answer = await deps.presence.renew(seat.agent, at, after(at, LEASE_MS));
  if (!answer.ok) deps.log.warn({ agent: seat.agent, reason: answer.why }, "a desk's lease was not renewed");
}

export function onSocketGone(deps: LeaveDeps, seats: Seats, seat: Seat, socket: DeskSocket): void {
  seat.sockets.delete(socket);
  if (seat.sockets.size > 0 || seat.cancelGrace) return;
  // A softphone lives in the page that is gone: it cannot answer.
  if (seat.profile.device.kind === "softphone") void loseSoftphone(deps, seat);
  seat.cancelGrace = deps.clock.at(after(deps.clock.now(), GRACE_MS), () => {
    seat.cancelGrace = undefined;
    stopAsking(seat);
    seat.leaving = leave(deps, seat).finally(() => {
      if (seats.get(seat.agent) === seat) seats.delete(seat.agent);
    });
  });
}

async function loseSoftphone(deps: LeaveDeps, seat: Seat): Promise<void> {
  if (!(await isElsewhere(deps, seat))) tellDeskLost(deps, seat);
}

/** The balancer may have brought them to another node, or they have a tab there all along: then nothing is lost. */
async function isElsewhere({ hasDeskElsewhere, log }: LeaveDeps, { agent }: Seat): Promise<boolean> {
  try {
    return await hasDeskElsewhere(agent);
  } catch (err) {
    log.error({ agent, err }, "the other nodes could not be asked for a desk; it counts as lost");
    return false;
  }
}

async function leave(deps: LeaveDeps, seat: Seat): Promise<void> {
  if (await isElsewhere(deps, seat)) return;
  const at = deps.clock.now();
  tellDeskLost(deps, seat);
  try {
    const { agent } = seat;
    const answer = await deps.presence.set({ agent, status: "offline", at, leaseUntil: at, reason: "desk lost" });
    // Their lease runs out by itself within seconds.
    if (!answer.ok) deps.log.warn({ agent, reason: answer.why }, "an agent who left could not be set offline");
  } catch (err) {
    deps.log.error({ agent: seat.agent, err }, "an agent who left could not be set offline");
  }
}

/** An open offer moves on; a case that is bridged does not care. */
function tellDeskLost(deps: LeaveDeps, seat: Seat): void {
  for (const [escalation, shown] of seat.cases) {
    if (shown.offer === undefined) continue;
    deps.cases
      .deliver(shown.caseId, { kind: "desk-lost", agent: seat.agent, forced: false }, `agent:${seat.agent}`)
      .catch((err: unknown) => deps.log.error({ agent: seat.agent, escalation, err }, "a lost desk was not recorded"));
  }
}
