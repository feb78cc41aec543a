import { z } from "zod";
import { problem } from "../protocol/api.ts";
import type { Endpoint } from "./endpoint.ts";

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document, generated from what the endpoints check. */
export function openApi(endpoints: readonly Endpoint[], publicUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const one of endpoints) {
    const path = one.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [one.method]: operation(one) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Warmline",
      version: "1",
      description: "Escalations, callbacks, agents and their availability. Errors are RFC 9457 problem documents.",
    },
    servers: [{ url: publicUrl }],
    security: [{ apiKey: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "A secret of API_KEYS." },
        session: { type: "apiKey", in: "cookie", name: "warmline_session" },
      },
      schemas: { Problem: schemaOf(problem, "output") },
    },
  };
}

function operation(one: Endpoint): Json {
  const answers: Record<string, Json> = {
    [one.status]: {
      description: one.summary,
      ...(one.answer && { content: { "application/json": { schema: schemaOf(one.answer, "output") } } }),
    },
    default: {
      description: "A problem",
      content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    },
  };
  for (const [status, description] of Object.entries(one.problems ?? {})) answers[status] = { description };
  return {
    operationId: `${one.method}${one.path.replaceAll(/[^A-Za-z]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary: one.summary,
    description: `Roles: ${one.roles.join(", ")}.`,
    parameters: [...pathParameters(one), ...queryParameters(one), ...writeHeaders(one)],
    ...(one.body && {
      requestBody: { required: true, content: { "application/json": { schema: schemaOf(one.body, "input") } } },
    }),
    responses: answers,
  };
}

const pathParameters = (one: Endpoint): Json[] =>
  [...one.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));

function queryParameters(one: Endpoint): Json[] {
  if (!one.query) return [];
  const { properties = {} } = schemaOf(one.query, "input");
  return Object.entries(properties).map(([name, schema]) => ({ name, in: "query", required: false, schema }));
}

const writeHeaders = (one: Endpoint): Json[] =>
  one.method === "get"
    ? []
    : [
        {
          name: "Idempotency-Key",
          in: "header",
          required: false,
          description: "A repetition with the same key gets the first answer.",
          schema: { type: "string", maxLength: 255 },
        },
      ];

const schemaOf = (schema: z.ZodType, io: "input" | "output") =>
  z.toJSONSchema(schema, { io, unrepresentable: "any", target: "draft-2020-12" });
