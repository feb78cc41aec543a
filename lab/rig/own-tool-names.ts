/** Functions that a customer has given their assistants: the gateway's own, and what the lab's bank can be asked. */
export const OWN_TOOL_NAMES: readonly string[] = [
  "escalate_to_human",
  "find_transactions",
  "lookup_merchant",
  "search_knowledge",
];
