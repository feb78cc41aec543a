import { billingDispute } from "./english-billing.ts";
import { cancellation } from "./english-cancellation.ts";
import { fraud } from "./english-fraud.ts";
import { hardship } from "./english-hardship.ts";
import { identityTheft } from "./english-identity-theft.ts";
import { legalThreat } from "./english-legal-threat.ts";
import { regulator } from "./english-regulator.ts";
import { selfHarm } from "./english-self-harm.ts";
import type { IntentRules } from "./intent-rules.ts";

export const englishIntents: IntentRules = {
  cancellation,
  fraud,
  "identity-theft": identityTheft,
  hardship,
  "legal-threat": legalThreat,
  regulator,
  "self-harm": selfHarm,
  "billing-dispute": billingDispute,
};
