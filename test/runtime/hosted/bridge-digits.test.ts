// Digits at a bridge number: many transfers at once each get theirs, and nobody finds some by trying.
import { beforeEach, expect, test } from "vitest";

import { CallId, QueueId } from "../../../src/domain/ids.ts";
import { EpochMs } from "../../../src/domain/time.ts";
import type { Cloakroom } from "../../../src/ports/cloakroom.ts";
import type { ExpectedCaller } from "../../../src/ports/hosted-assistant.ts";
import { ExpectedCallers } from "../../../src/runtime/hosted/expected-callers.ts";
import { createMemoryCloakroom } from "../../../src/stores/memory/cloakroom.ts";
import { silentLog } from "../../support/silent-log.ts";
import { fakeClock } from "../../stores/fake-clock.ts";

const ORDINARY = { kind: "go-on" };
const ASKED = { kind: "ask-code" };
const VENDORS = "+15005550188";
const BRIDGE = "+15005550100";
const turn = (text: string) => ({ role: "caller", text, at: EpochMs(1) }) as const;
const NAMELESS: ExpectedCaller = { visit: "visit-1", bridge: BRIDGE, turns: [turn("Hello."), turn("A person.")] };
const target = { queue: QueueId("disputes"), skills: [], team: "our disputes team" };

let call: CallId;
let clock: ReturnType<typeof fakeClock>;
/** Turns that were kept with some call. */
let saved: number;
let callers: ExpectedCallers;
let cloakroom: Cloakroom;
beforeEach(() => {
  call = CallId("call-1");
  clock = fakeClock(1_000);
  saved = 0;
  cloakroom = createMemoryCloakroom();
  callers = node();
});

/** One of several gateways on the same store. */
const node = () =>
  new ExpectedCallers({
    conversations: {
      saveTurn: async () => {
        saved += 1;
      },
    },
    numbers: { of: () => ({ mode: "assistant", assistant: "a", language: "en", target }), team: () => undefined },
    cloakroom,
    clock,
    log: silentLog,
  });

/** What is answered, without the wish. */
async function arrives(ani: string | undefined, code?: string) {
  const answer = await callers.arrived({
    call,
    dnis: BRIDGE,
    ...(ani !== undefined && { ani }),
    ...(code !== undefined && { code }),
  });
  if (answer.kind === "ask-code") return answer;
  const { wish: _wish, ...rest } = answer;
  return rest;
}
const late = () => new Promise((resolve) => setTimeout(resolve, 1));

test("fifty at the same moment on one gateway, over a store that takes its time: each has digits", async () => {
  const room = cloakroom;
  cloakroom = { ...room, look: async (...ask) => (await late(), room.look(...ask)) };
  callers = node();
  const visits = Array.from({ length: 50 }, (_, index) => ({ ...NAMELESS, visit: `visit-${index}` }));
  const codes = await Promise.all(visits.map((visit) => callers.expect(visit)));
  expect(new Set(codes).size).toBe(50);
  expect(codes).not.toContain(undefined);
});

/** Digits that are not these. */
const wrong = (code: string | undefined, by = 1) => String((Number(code) + by) % 1_000_000).padStart(6, "0");

test("who tries digits out over many calls is listened to three times a minute, then greeted as anybody", async () => {
  const code = await callers.expect(NAMELESS);
  const guess = (by: number) => {
    call = CallId(`guess-${by}`);
    return arrives("+14155550177", wrong(code, by));
  };
  for (const by of [1, 2, 3]) expect(await guess(by)).toEqual(ORDINARY);
  call = CallId("guess-4");
  expect(await arrives("+14155550177")).toEqual({ kind: "go-on", lateDigits: true });
  call = CallId("guess-5");
  expect(await arrives("+14155550177", code)).toEqual(ORDINARY);
  expect(saved).toBe(0);
  // Somebody else is asked, and known.
  call = CallId("call-6");
  expect(await arrives("+14155550178")).toEqual(ASKED);
  expect(await arrives("+14155550178", code)).toEqual({ kind: "go-on", caller: {} });
});

test("with changing or withheld numbers: thirty a minute at one bridge number; a minute later digits are heard again", async () => {
  const code = await callers.expect(NAMELESS);
  for (let by = 1; by <= 30; by += 1) {
    call = CallId(`guess-${by}`);
    callers = node();
    await arrives(undefined, wrong(code, by));
  }
  call = CallId("guess-31");
  expect(await arrives(undefined, code)).toEqual(ORDINARY);
  expect(saved).toBe(0);
  clock.advance(60_001);
  const next = await callers.expect({ ...NAMELESS, visit: "visit-2" });
  call = CallId("call-32");
  expect(await arrives(undefined)).toEqual(ASKED);
  expect(await arrives(undefined, next)).toEqual({ kind: "go-on", caller: {} });
});

test("the vendor's own number is many callers: their lost digits lock nobody out", async () => {
  const through = { ...NAMELESS, through: VENDORS };
  const code = await callers.expect(through);
  for (let by = 1; by <= 4; by += 1) {
    call = CallId(`guess-${by}`);
    await arrives(VENDORS, wrong(code, by));
  }
  call = CallId("call-5");
  expect(await arrives(VENDORS, code)).toEqual({ kind: "go-on", caller: {} });
  expect(saved).toBe(2);
});
