import type { Desk } from "../ports/desk.ts";
import type { Telephony } from "../ports/telephony.ts";
import { localPermits, type TakePermits } from "../runtime/dialler.ts";
import { awayElsewhere } from "../runtime/fleet/away-elsewhere.ts";
import { type CaseOwner, findCaseOwner } from "../runtime/fleet/case-owner.ts";
import { caseNews } from "../runtime/fleet/channels.ts";
import { deskElsewhere, type DeskElsewhere } from "../runtime/fleet/desk-elsewhere.ts";
import { fleetPermits } from "../runtime/fleet/fleet-permits.ts";
import { spreadDesk } from "../runtime/fleet/spread-desk.ts";
import { spreadVoice } from "../runtime/fleet/spread-voice.ts";
import { watchNodes } from "../runtime/fleet/watch-nodes.ts";
import type { GatewayNode } from "../runtime/node.ts";
import type { CallerVoice } from "../runtime/perform-effect.ts";
import { type Bench, type Late, there } from "./bench.ts";

/** This node among the others; alone, the same over a bus that has no one else on it. */
export type Fleet = {
  readonly desk: Desk;
  /** Has another node a desk of this agent open? */
  readonly hasDeskElsewhere: DeskElsewhere["ask"];
  readonly voice: CallerVoice;
  /** While the record is away: another node that decides on this case. */
  readonly ownerOf: CaseOwner["of"];
  /** Another node goes on without the record. */
  readonly awayElsewhere: () => boolean;
  readonly takePermits: TakePermits;
  /** Do other nodes live? False too when the store cannot say. */
  others(): Promise<boolean>;
  /** Tells others of commits, hears of theirs, and watches their lives; the result ends it. */
  follow(node: GatewayNode, telephony: Telephony): () => Promise<void>;
};

export function joinFleet(bench: Bench, late: Late): Fleet {
  const { stores, nodeId, clock, log, settings } = bench;
  const { bus, leases } = stores;
  const desks = spreadDesk({ node: nodeId, bus, local: () => there(late.hub).desk });
  const voice = spreadVoice({
    node: nodeId,
    bus,
    leases,
    clock,
    local: {
      perform: (call, effect) => late.live?.perform(call, effect) ?? false,
      letGo: (call) => late.live?.letGo(call) ?? false,
    },
  });
  const others = async (): Promise<boolean> => {
    const seen = await leases.nodes(clock.now());
    return stores.shared && seen.ok && seen.value.live.some((id) => id !== nodeId);
  };
  const roll = openDesks(bench, late, others);
  const owner = caseOwner(bench, late, others);
  const away = awayElsewhere({ node: nodeId, bus, clock });
  stores.spool?.onAway(() => away.tell());
  return {
    desk: desks.desk,
    ownerOf: (caseId) => owner.of(caseId),
    awayElsewhere: () => away.some(),
    hasDeskElsewhere: (agent) => roll.ask(agent),
    voice,
    takePermits: fleetPermits({
      rate: stores.rate,
      alone: localPermits(settings.twilio?.callsPerSecond ?? 1, bench.nodes),
      log,
    }),
    others,
    follow: (node, telephony) => {
      const unfollow = follow(bench, late, node, telephony);
      return async () => {
        desks.close();
        roll.close();
        owner.close();
        away.close();
        voice.close();
        bench.people.close();
        await unfollow();
      };
    },
  };
}

function openDesks({ stores, nodeId, clock }: Bench, late: Late, others: () => Promise<boolean>): DeskElsewhere {
  const here: Parameters<typeof deskElsewhere>[0]["here"] = (agent) => late.hub?.isOpen(agent) ?? false;
  return deskElsewhere({ node: nodeId, bus: stores.bus, clock, others, here });
}

function caseOwner(bench: Bench, late: Late, others: () => Promise<boolean>): CaseOwner {
  const { stores, nodeId, clock, log } = bench;
  const cases = () => there(late.node).cases;
  return findCaseOwner({
    node: nodeId,
    bus: stores.bus,
    clock,
    log,
    others,
    here: {
      knows: (caseId) => {
        const seq = late.node?.cases.seqOf(caseId);
        const line = late.live?.holds(caseId) ?? false;
        const keeps = stores.spool?.keeps(caseId) ?? false;
        return seq === undefined && !line && !keeps ? undefined : { keeps, line, seq: seq ?? 0 };
      },
      deliver: (caseId, news, actor) => cases().deliverHere(caseId, news, actor),
      state: (caseId) => cases().stateHere(caseId),
    },
  });
}

function follow(bench: Bench, late: Late, { cases }: GatewayNode, telephony: Telephony): () => Promise<void> {
  const { stores, nodeId, clock, log } = bench;
  const { bus, leases } = stores;
  log.info({ node: nodeId }, "this node takes part");
  const untell = cases.onCommit(
    (caseId, _state, _event, seq) => void bus.publish(caseNews, { from: nodeId, caseId, seq }),
  );
  const unhear = bus.subscribe(caseNews, ({ from, caseId, seq }) => {
    if (from !== nodeId) cases.heard(caseId, seq, there(late.live).holds(caseId));
  });
  const held = () => there(late.live).calls();
  const unwatch = watchNodes({ node: nodeId, leases, cases, telephony, held, clock, log });
  return async () => {
    untell();
    unhear();
    await unwatch();
  };
}
