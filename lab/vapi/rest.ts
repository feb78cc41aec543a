import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isJson, type Json } from "../openai/wire.ts";

/** A request as the twin saw it. */
export type RestRequest = { at: number; method: string; path: string; body: Json; authorized: boolean };

export type RestAnswer = { status: number; body: Json | readonly Json[] };

const BODY_MAX = 4 * 1024 * 1024;

export async function bodyOf(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > BODY_MAX) throw new Error("the body is too large");
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks).toString();
  if (text === "") return {};
  const body: unknown = JSON.parse(text);
  return isJson(body) ? body : {};
}

export function answer(response: ServerResponse, { status, body }: RestAnswer): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

/** Errors look like this there (facts §1). */
export const refusal = (statusCode: number, message: string): RestAnswer => ({
  status: statusCode,
  body: { message, error: statusCode === 401 ? "Unauthorized" : "Bad Request", statusCode },
});

/** One kind of thing that is made, read, changed and deleted: assistants, numbers, tools. */
export class Collection<Thing extends { id: string }> {
  readonly things = new Map<string, Thing>();

  put(thing: Thing): Thing {
    this.things.set(thing.id, thing);
    return thing;
  }

  /** The answer to `method path`; `id` is absent for the collection itself. */
  answer(method: string, id: string | undefined, body: Json): RestAnswer {
    if (id === undefined) {
      if (method === "GET") return { status: 200, body: [...this.things.values()].map(shown) };
      const made = { ...body, id: randomUUID() } as unknown as Thing;
      return { status: 201, body: shown(this.put(made)) };
    }
    const thing = this.things.get(id);
    if (thing === undefined) return refusal(404, `Couldn't find ${id}`);
    if (method === "PATCH") Object.assign(thing, body);
    if (method === "DELETE") this.things.delete(id);
    return { status: 200, body: shown(thing) };
  }
}

/** Functions (a model, in this lab) do not travel. */
const shown = (thing: object): Json =>
  Object.fromEntries(
    Object.entries({
      ...thing,
      orgId: "org-of-the-lab",
      createdAt: new Date(0).toISOString(),
      updatedAt: new Date(0).toISOString(),
    }).filter(([, value]) => typeof value !== "function"),
  );
