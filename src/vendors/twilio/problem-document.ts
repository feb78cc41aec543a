import type { Response } from "express";

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  403: "Forbidden",
  405: "Method Not Allowed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** RFC 9457. `detail` says what is wrong and what would be right, and repeats nothing that was sent. */
export function sendProblem(response: Response, status: number, detail: string): void {
  response
    .status(status)
    .type("application/problem+json")
    .send(JSON.stringify(problemOf(status, detail)));
}

export const problemOf = (status: number, detail: string): Readonly<Record<string, string | number>> => ({
  type: "about:blank",
  title: TITLES[status] ?? "Error",
  status,
  detail,
});
