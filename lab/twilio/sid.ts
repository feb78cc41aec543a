import { randomBytes } from "node:crypto";

/** The two letters that name what a Twilio SID stands for. */
export type SidPrefix = "AC" | "AP" | "CA" | "CF" | "MZ" | "PN" | "RE" | "SM";

/** A fresh SID: two letters and 32 hexadecimal digits. */
export function newSid(prefix: SidPrefix): string {
  return prefix + randomBytes(16).toString("hex");
}
