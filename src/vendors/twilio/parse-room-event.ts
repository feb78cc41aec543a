import { z } from "zod";

import { type LegId, OfferId } from "../../domain/ids.ts";
import { callSid, OVER } from "./parse-call-request.ts";
import { readFields } from "./read-fields.ts";

const roomEvent = z.object({
  StatusCallbackEvent: z.string().max(64),
  CallSid: callSid.optional(),
  ParticipantLabel: z.string().max(128).optional(),
  ParticipantCallStatus: z.string().max(40).optional(),
});

/** Who came or went, or something about the room that changes nothing for us. */
export type RoomEvent =
  | {
      readonly kind: "joined" | "left";
      readonly leg: LegId;
      /** From the label; absent for the caller, and where the carrier lost the label. */
      readonly offer?: OfferId;
      /** The leg itself is over, not only its stay in the room. */
      readonly over: boolean;
    }
  | { readonly kind: "other"; readonly raw: string };

/** The label an agent's document gave: `agent-<attempt>-<offer>`. */
const AGENT_LABEL = /^agent-\d+-([\w-]{1,100})$/;

export function parseRoomEvent(form: unknown): RoomEvent {
  const { StatusCallbackEvent: raw, CallSid: leg, ...rest } = readFields(roomEvent, form);
  const kind = raw === "participant-join" ? "joined" : raw === "participant-leave" ? "left" : undefined;
  if (kind === undefined || leg === undefined) return { kind: "other", raw };
  const offer = AGENT_LABEL.exec(rest.ParticipantLabel ?? "")?.[1];
  return {
    kind,
    leg,
    over: OVER.includes(rest.ParticipantCallStatus ?? ""),
    ...(offer !== undefined && { offer: OfferId(offer) }),
  };
}
