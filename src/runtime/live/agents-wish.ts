import type { EscalationId } from "../../domain/ids.ts";
import type { Conversations } from "../../ports/conversations.ts";

/**
 * What the agent who handed the caller back wants the assistant to do, as words for the model; `undefined`: nothing was
 * said. Rejects with a `Fault` (blame `store`).
 */
export async function agentsWish(
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
