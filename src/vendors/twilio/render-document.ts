import type { CallId, LegId } from "../../domain/ids.ts";
import type { LegDocument, SpokenLine } from "../../handoff/document.ts";
import { type Filling, fillTemplate } from "./fill-template.ts";
import type { Templates } from "./load-templates.ts";
import { sayLanguage } from "./say-language.ts";
import type { StreamSecrets } from "./stream-secrets.ts";
import type { Moment } from "./template-rules.ts";
import type { LegUrls, TwilioUrls } from "./twilio-urls.ts";
import { element, text, type XmlElement } from "./xml-document.ts";

/** What all documents of a process share. */
export type Renderer = {
  readonly templates: Templates;
  readonly urls: TwilioUrls;
  readonly secrets: Pick<StreamSecrets, "mint">;
};

/** The leg that asks, and the words it may need. */
export type Asking = {
  readonly call: CallId;
  readonly leg: LegId;
  readonly urls: LegUrls;
  readonly language: string;
  /** The sentence in the call's language. */
  readonly words: (line: SpokenLine) => string;
  /** What the agent hears before the key; only for a whisper. */
  readonly briefing?: string;
  /** Only for mode `forward`: E.164, the admin's. */
  readonly forwardTo?: string;
  /** The assistant is dialled: where, and under which name its end is told. */
  readonly dial?: { readonly visit: string; readonly uri: string };
  /** The leg was in the room a moment ago: pause before it goes in again, so that a room that refuses it makes no storm. */
  readonly leftRoom?: boolean;
};

/** TwiML for what a leg should do now. Minting the stream's secret is the only thing that differs between two answers. */
export function renderDocument(renderer: Renderer, document: LegDocument, asking: Asking): string {
  const { moment, filling } = fillingOf(renderer, document, asking);
  return fillTemplate(renderer.templates[moment], filling);
}

type Filled = { readonly moment: Moment; readonly filling: Filling };

const filled = (moment: Moment, values: Filling["values"], slots: Filling["slots"]): Filled => ({
  moment,
  filling: { values, slots },
});

function fillingOf(renderer: Renderer, document: LegDocument, asking: Asking): Filled {
  const { urls } = asking;
  const say = (lines: readonly SpokenLine[]): readonly XmlElement[] =>
    lines.map((line) => sayText(asking.words(line), asking.language));
  switch (document.kind) {
    case "assistant":
      return asking.dial === undefined
        ? filled("assistant", assistantValues(renderer, asking), { lines: say(document.first) })
        : filled("assistant-dialled", dialValues(renderer, asking, asking.dial), { lines: say(document.first) });
    case "menu":
    case "wait": {
      const values = { documentUrl: urls.document, keysUrl: urls.keys, seconds: seconds(document.waitMs) };
      return filled(document.kind, values, { lines: say(document.lines) });
    }
    case "room":
      return filled("room", roomValues(renderer, document, asking), { pause: asking.leftRoom === true ? [PAUSE] : [] });
    case "whisper": {
      const key = say([{ line: "whisper-key", values: {} }]);
      const briefing = say([{ line: "whisper", values: { briefing: asking.briefing ?? "" } }]);
      return filled("whisper", { keysUrl: urls.keys, documentUrl: urls.document }, { briefing, key });
    }
    case "say-and-hang-up":
      return filled("say-and-hang-up", {}, { lines: say(document.lines) });
    case "forward":
      // A number in mode `forward` without a destination cannot be served: said, as if it were closed.
      return asking.forwardTo === undefined
        ? filled("say-and-hang-up", {}, { lines: say([{ line: "closed", values: {} }]) })
        : filled("forward", { number: asking.forwardTo, endedUrl: renderer.urls.forwarded }, {});
    case "hang-up":
      return filled("hang-up", {}, {});
    default:
      return document satisfies never;
  }
}

function assistantValues(renderer: Renderer, asking: Asking): Filling["values"] {
  return {
    endedUrl: asking.urls.ended,
    documentUrl: asking.urls.document,
    mediaUrl: renderer.urls.media,
    streamStatusUrl: renderer.urls.streamStatus,
    secret: renderer.secrets.mint(asking.leg),
  };
}

function dialValues(renderer: Renderer, asking: Asking, dial: NonNullable<Asking["dial"]>): Filling["values"] {
  const endedUrl = renderer.urls.assistantEnded(dial.visit);
  return { endedUrl, documentUrl: asking.urls.document, address: dial.uri };
}

function roomValues(
  renderer: Renderer,
  document: Extract<LegDocument, { kind: "room" }>,
  asking: Asking,
): Filling["values"] {
  const { escalation, party, label } = document;
  return {
    endedUrl: party === "caller" ? renderer.urls.roomEnded : asking.urls.ended,
    documentUrl: asking.urls.document,
    label,
    room: roomName(escalation),
    roomUrl: renderer.urls.room(asking.call, escalation),
    // Silence for the agent, who has been spoken to; a voice for the caller, who may be alone for a moment.
    waitUrl: party === "caller" ? renderer.urls.roomWait(asking.call) : "",
  };
}

/** Room names are visible to everyone with access to the account: an opaque id, nothing of the caller (facts §5.1). */
export const roomName = (escalation: string): string => `warmline-${escalation}`;

const PAUSE = element("Pause", { length: "1" });

/** Twilio counts whole seconds and refuses 0 as "no wait at all". */
const seconds = (ms: number): string => String(Math.max(1, Math.round(ms / 1_000)));

/** Twilio speaks at most 4,096 characters per `<Say>`. */
const SAY_MAX = 4_000;

export const sayText = (sentence: string, language: string): XmlElement =>
  element("Say", { language: sayLanguage(language) }, [text(sentence.slice(0, SAY_MAX))]);
