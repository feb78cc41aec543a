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

/** One page of a list, in Twilio's envelope. */
export function listPage(path: string, key: string, items: readonly unknown[]): RestAnswer {
  const uri = `${path}?PageSize=50&Page=0`;
  return {
    status: 200,
    body: {
      [key]: items,
      first_page_uri: uri,
      next_page_uri: null,
      previous_page_uri: null,
      uri,
      page: 0,
      page_size: 50,
      start: 0,
      end: Math.max(0, items.length - 1),
    },
  };
}
