// Everybody's desk: each takes what comes, reads it, talks for as long as a call lasts, writes it up and is there again.
import { openDeskSeat, type DeskSeat, type Frame } from "../../../lab/people/desk-seat.ts";
import { onOrders } from "./start-part.ts";

export type DesksOrder =
  | {
      readonly do: "open";
      readonly url: string;
      readonly apiKey: string;
      readonly agents: readonly string[];
      readonly paintMs: number;
      /** From the offer to the button; longer than the painting, as nobody accepts what they have not seen. */
      readonly acceptMs: number;
      readonly talkMs: number;
    }
  | { readonly do: "tell" };

/** When a card arrived at a desk, and when the desk had it painted. */
export type Painted = { readonly offer: string; readonly cameAt: number; readonly paintedAt: number };

export type DesksAnswer = { readonly painted?: readonly Painted[] };

type Way = Pick<Extract<DesksOrder, { do: "open" }>, "acceptMs" | "talkMs">;

const seats: DeskSeat[] = [];

onOrders(async (order: DesksOrder): Promise<DesksAnswer> => {
  if (order.do === "tell") return { painted: seats.flatMap(paintedOn) };
  const { url, apiKey, agents, paintMs } = order;
  for (const agent of agents) {
    const seat = await openDeskSeat({ url, apiKey, agent, paintAfterMs: paintMs });
    seats.push(seat);
    seat.send({ type: "presence", status: "available" });
    await seat.waitFor((frame) => frame.type === "presence" && frame["status"] === "available", 60_000);
  }
  work(order);
  return {};
});

/** Looked at now and then: nothing that is measured waits for it. */
const LOOK_MS = 100;

function work(way: Way): void {
  const seen = seats.map(({ received }) => received.length);
  setInterval(() => {
    for (const [place, seat] of seats.entries()) {
      for (const { frame } of seat.received.slice(seen[place])) act(seat, frame, way);
      seen[place] = seat.received.length;
    }
  }, LOOK_MS);
}

function act(seat: DeskSeat, frame: Frame, { acceptMs, talkMs }: Way): void {
  const { escalationId, offerId, hash } = frame;
  if (frame.type === "presence" && frame["status"] === "check-in") seat.send({ type: "presence", status: "available" });
  if (frame.type === "offer") setTimeout(() => seat.send({ type: "accept", offerId, hash }), acceptMs);
  if (frame.type !== "state") return;
  if (frame["state"] === "bridged") setTimeout(() => seat.send({ type: "end", escalationId }), talkMs);
  if (frame["state"] === "wrapping-up" && frame["cause"] !== "wrapped-up")
    seat.send({ type: "wrap-up", escalationId, disposition: "resolved", resolved: true, notes: "" });
}

function paintedOn({ sent, received }: DeskSeat): Painted[] {
  return sent
    .filter(({ frame }) => frame.type === "painted")
    .flatMap(({ frame, at }) => {
      const came = received.find((got) => got.frame.type === "offer" && got.frame["offerId"] === frame["offerId"]);
      return came ? [{ offer: String(frame["offerId"]), cameAt: came.at, paintedAt: at }] : [];
    });
}
