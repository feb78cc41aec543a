/** A REST refusal with Twilio's error number. */
export class RestError extends Error {
  override name = "RestError";
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** The body Twilio sends with it. */
  get body(): object {
    return {
      code: this.code,
      message: this.message,
      more_info: `https://www.twilio.com/docs/errors/${this.code}`,
      status: this.status,
    };
  }
}

export type RestAnswer = { status: number; body: unknown };

/** Form or query parameters; a repeated key is a list. */
export type Params = Readonly<Record<string, readonly string[]>>;

type RestRequest = { method: string; path: string; params: Params; query: URLSearchParams };

/** One route: a method, a path below the account, what it does. */
export type Route = {
  method: "GET" | "POST" | "DELETE";
  /** Matched against the path after `/2010-04-01/Accounts/{AccountSid}`. */
  path: RegExp;
  /** Parameters Twilio knows; others are taken without a word, and logged. */
  known: readonly string[];
  perform: (request: RestRequest, part: (index: number) => string) => RestAnswer;
};

/** The first value of a parameter; undefined when it was not sent. */
export function one(params: Params, name: string): string | undefined {
  return params[name]?.[0];
}

/** A boolean parameter, `true` or `false` in any case. */
export function truth(params: Params, name: string, fallback: boolean): boolean {
  const value = one(params, name)?.toLowerCase();
  return value === undefined || value === "" ? fallback : value === "true";
}

/** A number parameter. */
export function amount(params: Params, name: string, fallback: number): number {
  const value = Number(one(params, name) ?? Number.NaN);
  return Number.isFinite(value) ? value : fallback;
}

/** A method parameter; POST unless GET is asked for. */
export function httpMethod(params: Params, name: string, fallback: "GET" | "POST" = "POST"): "GET" | "POST" {
  const value = one(params, name)?.toUpperCase();
  if (value === "GET" || value === "POST") return value;
  return fallback;
}

/** RFC 2822 with a numeric zone, as in all resources; null for a time that has not come. */
export function restDate(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toUTCString().replace("GMT", "+0000");
}

/** One page of a list, in Twilio's envelope; 50 a page unless asked otherwise. */
export function listPage(
  where: { path: string; query: URLSearchParams },
  key: string,
  items: readonly unknown[],
): RestAnswer {
  const size = Math.max(1, Number(where.query.get("PageSize") ?? 50) || 50);
  const page = Number(where.query.get("Page") ?? 0) || 0;
  const start = page * size;
  const uriOf = (number: number) => {
    const query = new URLSearchParams(where.query);
    query.set("PageSize", String(size));
    query.set("Page", String(number));
    return `${where.path}?${query.toString()}`;
  };
  return {
    status: 200,
    body: {
      [key]: items.slice(start, start + size),
      first_page_uri: uriOf(0),
      next_page_uri: start + size < items.length ? uriOf(page + 1) : null,
      previous_page_uri: page > 0 ? uriOf(page - 1) : null,
      uri: uriOf(page),
      page,
      page_size: size,
      start,
      end: Math.max(start, Math.min(items.length, start + size) - 1),
    },
  };
}
