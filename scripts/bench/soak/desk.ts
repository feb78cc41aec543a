import { openDeskSeat, type DeskSeat, type Frame } from "../../../lab/people/desk-seat.ts";
import { hireAgent } from "../../../lab/people/hire-agent.ts";
import { DESK_KEY } from "../../../lab/rig/start-rig.ts";
import type { FleetScene } from "../../../test/nodes/fleet-scene.ts";

/** An agent at work for as long as it is asked for: takes what comes, talks a little, writes it up, and is there again. */
export type Desk = {
  /** The network of this desk is gone without a word, and back so many milliseconds later. */
  vanish(forMs: number): Promise<void>;
  close(): Promise<void>;
};

type Who = { readonly id: string; readonly queue: string; readonly address: string };

const TALK_MS = 2_000;
const LOOK_MS = 50;

export async function openDesk({ fleet }: FleetScene, { id, queue, address }: Who): Promise<Desk> {
  await hireAgent(fleet, { id, queue, address }, { kind: "answers", afterMs: 300 });
  const open = async (): Promise<DeskSeat> => {
    const seat = await openDeskSeat({ url: fleet.url, apiKey: DESK_KEY, agent: id, paintAfterMs: 30 });
    seat.send({ type: "presence", status: "available" });
    return seat;
  };
  let seat: DeskSeat | undefined = await open();
  let seen = 0;
  const timer = setInterval(() => {
    if (!seat) return;
    const fresh = seat.received.slice(seen);
    seen += fresh.length;
    for (const { frame } of fresh) act(seat, frame);
  }, LOOK_MS);
  return {
    vanish: async (forMs) => {
      if (!seat) return;
      const gone = seat;
      seat = undefined;
      gone.vanish();
      await new Promise((resolve) => setTimeout(resolve, forMs));
      seat = await insisting(open);
      seen = 0;
    },
    close: async () => {
      clearInterval(timer);
      await seat?.close();
    },
  };
}

/** The node that is asked may be dead at the moment, and its stores away. */
async function insisting(open: () => Promise<DeskSeat>): Promise<DeskSeat> {
  for (;;) {
    try {
      return await open();
    } catch (error) {
      process.stderr.write(`soak: a desk could not come back yet: ${String(error)}\n`);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}

function act(seat: DeskSeat, frame: Frame): void {
  const { escalationId, offerId, hash, state, status } = frame;
  if (frame.type === "presence" && (status === "check-in" || status === "offline"))
    seat.send({ type: "presence", status: "available" });
  if (frame.type === "offer") seat.send({ type: "accept", offerId, hash });
  if (frame.type !== "state") return;
  if (state === "bridged") setTimeout(() => seat.send({ type: "end", escalationId }), TALK_MS);
  if (state === "wrapping-up" && frame["cause"] !== "wrapped-up")
    seat.send({ type: "wrap-up", escalationId, disposition: "resolved", resolved: true, notes: "" });
}
