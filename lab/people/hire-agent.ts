import type { Rig } from "../rig/start-rig.ts";
import type { Phone, PhoneBehaviour } from "../twilio/phone-book.ts";

export type NewAgent = {
  readonly id: string;
  readonly queue: string;
  readonly skills?: readonly string[];
  /** A number in E.164, or `client:` and their id for one who takes calls in the desk's own page. */
  readonly address: string;
};

/** Puts somebody who speaks English into the gateway's directory and gives them a phone; their desk is `openDeskSeat`. */
export async function hireAgent(
  { api, twilio }: Pick<Rig, "api" | "twilio">,
  { id, queue, skills = [], address }: NewAgent,
  behaviour: PhoneBehaviour,
): Promise<Phone> {
  await api("POST", "/api/agents", {
    id,
    name: id.charAt(0).toUpperCase() + id.slice(1),
    skills,
    queues: [queue],
    languages: ["en"],
    device: { kind: address.startsWith("client:") ? "softphone" : "phone", address },
  });
  return twilio.phone(address, behaviour);
}
