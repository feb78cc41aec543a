import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readClientFrame } from "../../src/protocol/desk-frames.ts";
import { isShallowJson } from "../../src/protocol/json-depth.ts";
import { samplePacket } from "../browser/sample-packet.ts";
import { packetSchema } from "../../src/protocol/packet.ts";

describe("frames from a desk", () => {
  test("whatever comes is read, ignored or refused: nothing throws, and a refusal quotes nothing", () => {
    const secret = "4111-1111";
    const values = fc.oneof(fc.jsonValue(), fc.constant(secret), fc.constant({ [secret]: secret }));
    const types = ["presence", "painted", "accept", "decline", "transfer", "hand-back", "end", "wrap-up", "dance"];
    const frame = fc.record(
      {
        type: fc.constantFrom(...types),
        status: values,
        offerId: values,
        hash: values,
        version: values,
        queue: values,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          frame.map((value) => JSON.stringify(value)),
        ),
        (text) => {
          const read = readClientFrame(text);
          if (read.kind === "malformed") expect(read.why).not.toContain(secret);
        },
      ),
      { numRuns: 2_000, seed: 20261121 },
    );
  });

  test("defaults are filled, unknown fields dropped, limits kept", () => {
    const hash = "a".repeat(64);
    expect(readClientFrame(JSON.stringify({ type: "painted", offerId: "o", version: 1, hash, mood: 1 }))).toEqual({
      kind: "frame",
      frame: { type: "painted", offerId: "o", version: 1, hash, visible: true },
    });
    const long = { type: "transfer", escalationId: "e", queue: "general", note: "x".repeat(4_001) };
    expect(readClientFrame(JSON.stringify(long)).kind).toBe("malformed");
    const verdict = { type: "wrap-up", escalationId: "e", disposition: "won", resolved: true };
    expect(readClientFrame(JSON.stringify(verdict)).kind).toBe("malformed");
  });
});

const nested = (depth: number): unknown => JSON.parse(`${"[".repeat(depth)}${"]".repeat(depth)}`);

test("depth is measured without recursion", () => {
  expect(isShallowJson(nested(32), 32)).toBe(true);
  expect(isShallowJson(nested(33), 32)).toBe(false);
  expect(isShallowJson(nested(100_000), 32)).toBe(false);
  expect(isShallowJson("text", 0)).toBe(true);
});

test("a packet without a required part is none", () => {
  const whole: unknown = JSON.parse(samplePacket("esc_1").json);
  expect(packetSchema.safeParse(whole).success).toBe(true);
  for (const field of ["caller", "trigger", "intent", "transcript", "completeness", "missing"])
    expect(packetSchema.safeParse({ ...(whole as object), [field]: undefined }).success).toBe(false);
});
