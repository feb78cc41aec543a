import type { Device } from "../../handoff/vocabulary.ts";
import { isDialableNumber, whyNotDialled } from "./phone-number.ts";

/** Some PBXs have short extensions, so only what rings a rescue centre is refused. */
const EMERGENCY = /^sips?:(?:911|112|999|000|110|113|115|117|118|119|15|17|18)@/i;

/**
 * How Twilio names an agent's device in `To`; undefined: it must not be dialled. Softphones are clients of Twilio's
 * Voice SDK, by name.
 */
export function carrierAddress(device: { readonly kind: Device; readonly address: string }): string | undefined {
  const { kind, address } = device;
  switch (kind) {
    case "phone":
      return isDialableNumber(address) ? address : undefined;
    case "sip":
      return /^sips?:[^\s@]+@[^\s@]+$/i.test(address) && address.length < 255 && !EMERGENCY.test(address)
        ? address
        : undefined;
    case "softphone":
      return /^(?:client:)?[\w.@+-]{1,121}$/.test(address) ? `client:${address.replace(/^client:/, "")}` : undefined;
    default:
      return kind satisfies never;
  }
}

/** Why a device would never be rung, for whoever enters it; undefined: it may be. */
export function whyNeverRung(device: Parameters<typeof carrierAddress>[0]): string | undefined {
  if (device.kind === "phone") return whyNotDialled(device.address);
  return carrierAddress(device) === undefined ? "an emergency service, or no address that can be called" : undefined;
}
