import type { StructuredAnswer } from "./http-routes.ts";
import { isJson, type Json, textOf } from "./wire.ts";

/** The reply left the caller without what they asked for. */
const GAVE_UP = /could not (?:find out|match)|did not find|I do not know/iu;
/** Nothing is answered yet. */
const NO_ANSWER = /^(?:let me look|hello|thank you|i am still here|all right|i understand)/iu;

/**
 * How a text model judges the dispute's replies when it is asked for seven dimensions: by what the last reply says, and
 * by what the caller said before it. Any other structured request is left to its schema.
 */
export const judgeDispute: StructuredAnswer = (_schemaName, request) => {
  const schema = JSON.stringify(request["text"] ?? {});
  const asked = parsed(textOf(request["input"]));
  if (!schema.includes("groundedness") || asked === undefined) return undefined;
  const reply = textOf(asked["lastReply"]);
  const gaveUp = GAVE_UP.test(reply);
  return {
    replyIsAnswer: reply !== "" && !NO_ANSWER.test(reply),
    ...scores(gaveUp),
    ...caseFrom(saidBy(asked, "caller"), gaveUp),
    resolved: false,
  };
};

function scores(gaveUp: boolean): Json {
  return gaveUp
    ? {
        groundedness: 0.3,
        factualAccuracy: 0.4,
        policyCompliance: 1,
        relevance: 0.7,
        completeness: 0.1,
        tone: 0.9,
        certainty: 0.1,
      }
    : {
        groundedness: 0.95,
        factualAccuracy: 0.95,
        policyCompliance: 1,
        relevance: 0.9,
        completeness: 0.8,
        tone: 0.9,
        certainty: 0.9,
      };
}

function caseFrom(said: string, gaveUp: boolean): Json {
  if (!/charge/iu.test(said)) return { intent: null, summary: null, entities: [], suggestedNextAction: null };
  const open = gaveUp ? "the merchant look-up had no match" : "the merchant is not known yet";
  return {
    intent: "unrecognised-charge",
    summary: `Caller does not recognise a card charge of $84.50 from QRS TRADING; ${open}.`,
    entities: [
      { name: "amount", value: "$84.50" },
      { name: "merchant", value: "QRS TRADING" },
    ],
    suggestedNextAction: gaveUp
      ? "Open a dispute for the $84.50 charge; the merchant could not be identified."
      : "Look up who is behind QRS TRADING.",
  };
}

function saidBy(asked: Json, role: string): string {
  const transcript = Array.isArray(asked["transcript"]) ? asked["transcript"].filter(isJson) : [];
  return transcript
    .filter((turn) => turn["role"] === role)
    .map((turn) => textOf(turn["text"]))
    .join(" ");
}

function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : undefined;
  } catch {
    // Somebody else's question, in plain words.
    return undefined;
  }
}
