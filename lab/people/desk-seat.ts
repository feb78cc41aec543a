import { WebSocket } from "ws";

export type Frame = { readonly type: string; readonly [field: string]: unknown };

type Received = { readonly frame: Frame; readonly at: number };
type Sent = Received;

/** An agent's desk as a program: connects to a contact-centre desk socket, acknowledges what it shows, and remembers. */
export type DeskSeat = {
  /** Everything received, with wall-clock milliseconds. */
  readonly received: readonly Received[];
  readonly sent: readonly Sent[];
  send(frame: Frame): void;
  /** The first frame, past or future, that fits. Rejects after `timeoutMs`. */
  waitFor(fits: (frame: Frame) => boolean, timeoutMs?: number): Promise<Received>;
  /** The agent says that they are available or not; resolves when the gateway has taken it, rejects after 10 s. */
  becomes(status: "available" | "offline"): Promise<void>;
  /**
   * The agent presses accept, and once more whenever the card has changed under their hand; resolves when the gateway has
   * taken it, rejects with its other objections, or after 10 s.
   */
  accepts(offerId: unknown): Promise<void>;
  /** Acknowledges offers as painted this long after they came, in milliseconds; `undefined`: never. */
  paintAfterMs: number | undefined;
  /** The network dies: no close frame. */
  vanish(): void;
  close(): Promise<void>;
};

export type DeskSeatOptions = {
  readonly url: string;
  readonly apiKey: string;
  readonly agent: string;
  readonly paintAfterMs?: number;
};

const SUBPROTOCOL = "warmline.desk.v1";

/** Connects and resolves with the server's `hello`. */
export async function openDeskSeat(options: DeskSeatOptions): Promise<DeskSeat> {
  const url = `${options.url.replace(/^http/u, "ws")}/desk/socket?agent=${encodeURIComponent(options.agent)}`;
  const socket = new WebSocket(url, SUBPROTOCOL, { headers: { Authorization: `Bearer ${options.apiKey}` } });
  const received: Received[] = [];
  const sent: Sent[] = [];
  const waiting = new Set<(got: Received) => void>();
  const send = (frame: Frame): void => {
    sent.push({ frame, at: now() });
    socket.send(JSON.stringify(frame));
  };
  const seat: DeskSeat = {
    received,
    sent,
    send,
    paintAfterMs: "paintAfterMs" in options ? options.paintAfterMs : 60,
    waitFor: (fits, timeoutMs = 10_000) => waitFor({ received, waiting, fits, timeoutMs }),
    becomes: async (status) => {
      const fits = answerTo(received, (frame) => frame.type === "presence" && frame["status"] === status);
      send({ type: "presence", status });
      await seat.waitFor(fits);
    },
    accepts: async (offerId) => {
      const { frame: offer } = await seat.waitFor((frame) => frame.type === "offer" && frame["offerId"] === offerId);
      const ofCase = received.filter(({ frame }) => frame["escalationId"] === offer["escalationId"] && "hash" in frame);
      await press(seat, offerId, ofCase.at(-1)?.frame["hash"]);
    },
    vanish: () => socket.terminate(),
    close: () => closed(socket),
  };
  socket.on("message", (data: Buffer) => {
    const frame = JSON.parse(data.toString("utf8")) as Frame;
    const got = { frame, at: now() };
    received.push(got);
    for (const look of waiting) look(got);
    if (frame.type === "offer" && seat.paintAfterMs !== undefined) {
      const { offerId, version, hash } = frame;
      setTimeout(() => {
        if (socket.readyState === WebSocket.OPEN) send({ type: "painted", offerId, version, hash, visible: true });
      }, seat.paintAfterMs).unref();
    }
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  await seat.waitFor((frame) => frame.type === "hello");
  return seat;
}

/** Presses accept with what the card shows; a card that has changed since is answered with the newest. */
async function press(seat: DeskSeat, offerId: unknown, hash: unknown): Promise<void> {
  const refused = (frame: Frame): boolean => frame.type === "error" && frame["ref"] === offerId;
  const fits = answerTo(seat.received, (frame) => frame["cause"] === "agent-consented" || refused(frame));
  seat.send({ type: "accept", offerId, hash });
  const { frame: answer } = await seat.waitFor(fits);
  if (answer.type !== "error") return;
  if (answer["code"] !== "stale-packet") throw new Error(`the offer was not accepted: ${JSON.stringify(answer)}`);
  await press(seat, offerId, answer["hash"]);
}

/** Only what comes from now on is an answer to what is sent now. */
function answerTo(received: readonly Received[], fits: (frame: Frame) => boolean): (frame: Frame) => boolean {
  const known = new Set(received.map(({ frame }) => frame));
  return (frame) => !known.has(frame) && fits(frame);
}

/** Wall-clock milliseconds with fractions, on the same scale as the twins' logs. */
const now = (): number => performance.timeOrigin + performance.now();

function waitFor(ask: {
  received: readonly Received[];
  waiting: Set<(got: Received) => void>;
  fits: (frame: Frame) => boolean;
  timeoutMs: number;
}): Promise<Received> {
  const { received, waiting, fits, timeoutMs } = ask;
  const past = received.find(({ frame }) => fits(frame));
  if (past) return Promise.resolve(past);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      waiting.delete(look);
      const types = received.slice(-8).map(({ frame }) => frame.type);
      reject(new Error(`the desk did not get the frame within ${timeoutMs} ms; it got ${types.join(", ")}`));
    }, timeoutMs);
    const look = (got: Received): void => {
      if (!fits(got.frame)) return;
      clearTimeout(timer);
      waiting.delete(look);
      resolve(got);
    };
    waiting.add(look);
  });
}

function closed(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    socket.once("close", () => resolve());
    socket.close(1000);
  });
}
