import type { ToolRequest } from "./fill-request.ts";

/** More than this is no answer a telephone assistant could use; the rest is not read. */
export const ANSWER_MAX_BYTES = 65_536;

export type ToolAnswer =
  | { readonly ok: true; readonly text: string; readonly json: unknown }
  /** `raw` is for the log: no address, no words. */
  | { readonly ok: false; readonly raw: string };

/** One exchange with a configured address. Never throws; redirects are refused, since they lead elsewhere. */
export async function callTool(request: ToolRequest, signal: AbortSignal): Promise<ToolAnswer> {
  try {
    const answer = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      redirect: "manual",
      signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    if (!answer.ok) {
      await answer.body?.cancel();
      return { ok: false, raw: `status ${answer.status}` };
    }
    const text = await readLimited(answer);
    if (text === undefined) return { ok: false, raw: "answer too large" };
    return { ok: true, text, json: text.trim() === "" ? null : JSON.parse(text) };
  } catch (error) {
    if (signal.aborted) return { ok: false, raw: "timeout" };
    return { ok: false, raw: error instanceof SyntaxError ? "answer is not JSON" : "no connection" };
  }
}

async function readLimited(answer: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (answer.body === null) return "";
  for await (const chunk of answer.body) {
    bytes += chunk.length;
    // Leaving the loop cancels the body.
    if (bytes > ANSWER_MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
