/** Everything that can go wrong at this vendor. All may be changed while calls run; the defaults are a healthy service. */
export type RetellFaults = {
  /** Send every webhook this many times more. */
  webhookCopies: number;
  /** Hold a webhook of these events back until the next one of the same call was sent. */
  webhookReorder: Set<string>;
  /** Send webhooks this late, in milliseconds. */
  webhookLateMs: number;
  /** Never send webhooks of these events. */
  webhookLost: Set<string>;
  /** Sign webhooks and functions with this key instead. */
  signWith: string | undefined;
  /** Answer REST requests whose path contains `path` with this status; `times` of them. */
  rest: { path: string; status: number; times: number }[];
  /** Do what was asked, and never answer; paths that contain this. */
  restAnswerLost: string | undefined;
  /** Answer REST requests this late, in milliseconds. */
  restLateMs: number;
  /** Send every monitor message twice. */
  monitorTwice: boolean;
  /** Send monitor messages this late, in milliseconds. */
  monitorLateMs: number;
  /** Send the items of a monitor message in reverse, each in a message of its own. */
  monitorReverse: boolean;
  /** Refuse watchers with this close code; 0 accepts. */
  monitorRefuse: number;
  /** Send events, fields and items nobody knows. */
  unknownThings: boolean;
  /** Call a custom function this many times more with the same body. */
  functionCopies: number;
  /** The hosted model ignores forced responses, as it does while somebody speaks. */
  deafToTrigger: boolean;
  /** A transfer is refused by the vendor's carrier, as without the permission for it. */
  transferRefused: boolean;
  /** A caller who speaks while the destination rings calls the transfer off, as is reported (facts §12.2). */
  talkCallsTransferOff: boolean;
};

/** A healthy service. */
export function noFaults(): RetellFaults {
  return {
    webhookCopies: 0,
    webhookReorder: new Set(),
    webhookLateMs: 0,
    webhookLost: new Set(),
    signWith: undefined,
    rest: [],
    restAnswerLost: undefined,
    restLateMs: 0,
    monitorTwice: false,
    monitorLateMs: 0,
    monitorReverse: false,
    monitorRefuse: 0,
    unknownThings: false,
    functionCopies: 0,
    deafToTrigger: false,
    transferRefused: false,
    talkCallsTransferOff: true,
  };
}
