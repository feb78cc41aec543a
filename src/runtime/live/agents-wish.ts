import type { EscalationId } from "../../domain/ids.ts";
import type { Conversations } from "../../ports/conversations.ts";
import type { CaseId } from "../../ports/journal.ts";
import type { Log } from "../../telemetry/log.ts";

/**
 * What the agent who handed the caller back wants the assistant to do, as words for the model; `undefined`: nothing was
 * said. Rejects with a `Fault` (blame `store`).
 */
async function agentsWish(
  conversations: Pick<Conversations, "notes">,
  escalation: EscalationId,
): Promise<string | undefined> {
  const notes = await conversations.notes(escalation);
  const last = notes.findLast(({ kind }) => kind === "hand-back");
  const said = last && instructionOf(JSON.parse(last.json));
  return said === undefined
    ? undefined
    : `The agent who has just spoken with the caller hands them back to you and asks of you: ${JSON.stringify(said)}`;
}

function instructionOf(note: unknown): string | undefined {
  if (typeof note !== "object" || note === null || !("instruction" in note)) return undefined;
  const { instruction } = note;
  return typeof instruction === "string" && instruction.trim() !== "" ? instruction.trim() : undefined;
}

/** The agent's own words reach the model; the sentence that says the assistant is back does not wait for them. */
export async function passOnWish(
  deps: { readonly conversations: Pick<Conversations, "notes">; readonly log: Log },
  { caseId, escalation }: { readonly caseId: CaseId; readonly escalation: EscalationId | undefined },
  note: (wish: string) => void,
): Promise<void> {
  if (escalation === undefined) return;
  try {
    const wish = await agentsWish(deps.conversations, escalation);
    if (wish !== undefined) note(wish);
  } catch (err) {
    deps.log.error(
      { case: caseId, err },
      "the agent's instruction could not be read; the assistant goes on without it",
    );
  }
}
