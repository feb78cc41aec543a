/** Hosts that only this machine or its own network can reach: a webhook there would be a way into it. */
const PRIVATE_V4 = [
  /^0\./,
  /^10\./,
  /^127\./,
  /^169\.254\./,
  /^172\.(?:1[6-9]|2\d|3[01])\./,
  /^192\.168\./,
  /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^(?:22[4-9]|2[3-5]\d)\./,
];
const PRIVATE_V6 = /^\[(?:::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*|ff[0-9a-f]{2}:.*|::ffff:.*)\]$/;
const PRIVATE_NAME = /(?:^|\.)(?:localhost|local|internal|home\.arpa)\.?$/;

/**
 * Whether an http or https address names a host on the public network. Names are judged by their ending only: what they
 * resolve to has to be judged again by whoever connects.
 */
export function isPublicAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  // `URL` writes every spelling of an IPv4 address (octal, hexadecimal, one number) as four decimal ones.
  const { hostname } = new URL(url);
  if (hostname.startsWith("[")) return !PRIVATE_V6.test(hostname);
  if (PRIVATE_NAME.test(hostname)) return false;
  return !/^[\d.]+$/.test(hostname) || !PRIVATE_V4.some((range) => range.test(hostname));
}
