import { z } from "zod";

/** Only what we read; unknown fields and types pass (facts/vapi §4, §5). */
const fields = z.record(z.string(), z.unknown());
const callSchema = z.looseObject({
  id: z.string().min(1),
  monitor: z.looseObject({ controlUrl: z.string().optional() }).nullish(),
  assistantOverrides: z.looseObject({ variableValues: fields.nullish() }).nullish(),
  phoneCallProviderDetails: z.looseObject({ sip: z.looseObject({ headers: fields.nullish() }).nullish() }).nullish(),
});
const envelope = z.looseObject({
  message: z.looseObject({
    type: z.string().min(1),
    timestamp: z.number().optional().catch(undefined),
    call: callSchema.nullish(),
    assistant: z.looseObject({ variableValues: fields.nullish() }).nullish().catch(undefined),
    artifact: z.looseObject({ variableValues: fields.nullish() }).nullish().catch(undefined),
  }),
});

/** A server message: its type, its call, and the rest as it came. */
export type ServerMessage = z.output<typeof envelope>["message"];

/** `undefined`: not a server message at all. */
export function readServerMessage(body: string): ServerMessage | undefined {
  try {
    return envelope.safeParse(JSON.parse(body)).data?.message;
  } catch {
    return undefined; // Not JSON; the door says so.
  }
}

/** The header under which we send the visit's token; without separators, since what becomes of them differs (facts §11). */
export const TOKEN_HEADER = "X-gwsession";
export const TOKEN_VARIABLE = "gwsession";

/** The token of the visit, wherever this message carries it. */
export function tokenOf(message: ServerMessage): string | undefined {
  const { call, assistant, artifact } = message;
  const places = [
    call?.phoneCallProviderDetails?.sip?.headers,
    call?.assistantOverrides?.variableValues,
    assistant?.variableValues,
    artifact?.variableValues,
  ];
  for (const place of places) {
    for (const [name, value] of Object.entries(place ?? {})) {
      const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/gu, "");
      if ((plain === TOKEN_VARIABLE || plain === `x${TOKEN_VARIABLE}`) && typeof value === "string") return value;
    }
  }
  return undefined;
}

/** Where the call is steered; samples wrap it in angle brackets by mistake. */
export const controlUrlOf = ({ call }: ServerMessage): string | undefined =>
  call?.monitor?.controlUrl?.replaceAll(/^<|>$/gu, "");
