import type { Request, Response } from "express";
import type { z } from "zod";
import type { Role } from "../domain/roles.ts";
import type { Identity } from "./auth.ts";
import { invalid, Problem } from "./problem.ts";

export type Reply = {
  /** Default: the endpoint's own. */
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Ask<Q, B> = {
  readonly identity: Identity;
  /** The `:id` of the path; empty where there is none. */
  readonly id: string;
  readonly query: Q;
  readonly body: B;
  readonly idempotencyKey?: string;
};

type Spec<Q extends z.ZodType, B extends z.ZodType> = {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** Express pattern, `:id` only. */
  readonly path: string;
  readonly summary: string;
  readonly roles: readonly Role[];
  readonly query?: Q;
  readonly body?: B;
  /** Of the good answer. */
  readonly status: number;
  readonly answer?: z.ZodType;
  /** Problems beside the usual ones, for the documentation. */
  readonly problems?: Readonly<Record<number, string>>;
  readonly run: (ask: Ask<z.output<Q>, z.output<B>>) => Promise<Reply>;
};

/** One operation of the API: what it is documented as is what it checks. */
export type Endpoint = Omit<Spec<z.ZodType, z.ZodType>, "run"> & {
  readonly handle: (identity: Identity, request: Request) => Promise<Reply>;
};

export function endpoint<Q extends z.ZodType, B extends z.ZodType>(spec: Spec<Q, B>): Endpoint {
  const { run, ...rest } = spec;
  return {
    ...rest,
    async handle(identity, request) {
      const { id } = request.params;
      const key = request.get("idempotency-key");
      const ask = {
        identity,
        id: typeof id === "string" ? id : "",
        query: parse("query", spec.query, request.query),
        body: parse("body", spec.body, spec.body ? jsonBody(request) : undefined),
        ...(key !== undefined && { idempotencyKey: key }),
      };
      return run(ask);
    },
  };
}

function parse<T extends z.ZodType>(what: string, schema: T | undefined, raw: unknown): z.output<T>;
function parse(what: string, schema: z.ZodType | undefined, raw: unknown): unknown {
  if (!schema) return undefined;
  const read = schema.safeParse(raw);
  if (!read.success) throw invalid(what, read.error);
  return read.data;
}

function jsonBody(request: Request): unknown {
  const length = request.get("content-length");
  const empty = length === "0" || (length === undefined && request.get("transfer-encoding") === undefined);
  // A body whose fields are all optional may be left out.
  if (empty) return {};
  if (request.is("application/json") !== "application/json") {
    throw new Problem(415, "Send the body as application/json.", { code: "content-type" });
  }
  return request.body;
}

export function sendReply(response: Response, reply: Reply, status: number): void {
  response.status(reply.status ?? status).set(reply.headers ?? {});
  if (reply.body === undefined) response.end();
  else response.json(reply.body);
}
