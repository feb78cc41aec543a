// What a leg should do now, as a pure function of the committed state. The carrier may ask for it twice, late or in
// the wrong order: the answer is the same as long as the state is, and nothing is started by asking (design §2).

import type { EscalationId, OfferId } from "../domain/ids.ts";
import type { LineId, LineValues } from "./lines.ts";

export type SpokenLine = { readonly line: LineId; readonly values: LineValues };

/** The documents of a call, in telephony's words; the carrier's folder renders each from its template in `twiml/`. */
export type LegDocument =
  /** Connect the caller to the assistant's media stream; `first` is spoken by the carrier before (a voice within 4 s). */
  | { readonly kind: "assistant"; readonly first: readonly SpokenLine[] }
  /** The model is down: fixed lines and keys lead to a person or a callback. Asks again by itself. */
  | { readonly kind: "menu"; readonly lines: readonly SpokenLine[]; readonly waitMs: number }
  /** Enter the case's room. */
  | {
      readonly kind: "room";
      readonly escalation: EscalationId;
      readonly party: "caller" | "agent";
      readonly label: string;
    }
  /** The agent hears the briefing and is asked for key 1. */
  | { readonly kind: "whisper"; readonly escalation: EscalationId; readonly offer: OfferId }
  /** Wait a little for the state to change, silently or with a line, and ask again. */
  | { readonly kind: "wait"; readonly lines: readonly SpokenLine[]; readonly waitMs: number }
  | { readonly kind: "say-and-hang-up"; readonly lines: readonly SpokenLine[] }
  /** The number's calls go elsewhere: the destination is the admin's, by number mode. */
  | { readonly kind: "forward" }
  | { readonly kind: "hang-up" };
