// The carrier's library is loaded, compiled and made fast by what it does first: ten first dials took five times what ten
// later ones take, in the very moment in which ten callers wait for their agents' phones. So a gateway dials a carrier of its
// own that rings nobody, before it is ready.

import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { AgentId, CallId, EscalationId, OfferId } from "../domain/ids.ts";
import { after } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Telephony } from "../ports/telephony.ts";
import type { Log } from "../telemetry/log.ts";
import { createTwilioTelephony } from "../vendors/twilio/telephony.ts";

/** About when another round is no faster; each as many at once as may fall together. */
const ROUNDS = 2;
const AT_ONCE = 10;
/** A machine that is too busy to rehearse for so long, in milliseconds, starts without. */
const PATIENCE_MS = 2_000;

const DEVICE = { kind: "phone", address: "+15005550006" } as const;
const AGENT = { id: AgentId("rehearsal"), name: "Nobody", skills: [], queues: [], languages: [], device: DEVICE };
/** Ids of nobody's account and nobody's call. */
const ACCOUNT = `AC${"0".repeat(32)}`;
const CALL = `CA${"0".repeat(32)}`;

type Parts = { readonly clock: Clock; readonly log: Log };

/** Answers how many dials were placed, with nobody; never rejects. */
export async function rehearseDials({ clock, log }: Parts): Promise<number> {
  const until = after(clock.now(), PATIENCE_MS);
  let placed = 0;
  let server: Server | undefined;
  try {
    server = createServer((request, response) => {
      request.resume().on("end", () => {
        response.writeHead(201, { "content-type": "application/json" });
        response.end(JSON.stringify({ sid: CALL, status: "queued", queue_time: "0" }));
      });
    });
    const telephony = carrierAt(await portOf(server), { clock, log });
    for (let round = 0; round < ROUNDS && clock.now() < until; round += 1) {
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, place) => dial(telephony, place)));
      placed += answers.filter(({ kind }) => kind === "placed").length;
    }
  } catch (err) {
    log.warn({ err }, "dials could not be rehearsed; the first ones will be slower");
  } finally {
    server?.close();
    server?.closeAllConnections();
  }
  return placed;
}

async function portOf(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the rehearsed carrier has no port");
  return address.port;
}

const carrierAt = (port: number, { clock, log }: Parts): Telephony =>
  createTwilioTelephony(
    {
      accountSid: ACCOUNT,
      authToken: "rehearsal",
      number: DEVICE.address,
      apiUrl: `http://127.0.0.1:${port}`,
      publicUrl: "https://rehearsal.invalid",
    },
    { directory: { agent: () => Promise.resolve(AGENT) }, clock, log, timeoutMs: PATIENCE_MS },
  );

const dial = (telephony: Telephony, place: number): ReturnType<Telephony["dialAgent"]> =>
  telephony.dialAgent({
    call: CallId("rehearsal"),
    escalation: EscalationId("rehearsal"),
    offer: OfferId(`rehearsal-${place}`),
    agent: AGENT.id,
    device: DEVICE,
    timeoutMs: PATIENCE_MS,
  });
