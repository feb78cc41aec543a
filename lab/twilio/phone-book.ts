import type { Handset } from "./handset.ts";

/** What a device does when it is called; `afterMs` counts from ringing. */
export type PhoneBehaviour =
  /** Picks up. `audio: false`: the call is up and nothing is heard either way. */
  | { kind: "answers"; afterMs?: number; audio?: boolean }
  /** Rings until somebody uses the `Ring`, or the caller gives up. */
  | { kind: "rings" }
  /** Never even reports ringing. */
  | { kind: "silent" }
  | { kind: "busy"; afterMs?: number }
  | { kind: "declines"; afterMs?: number }
  /** The network refuses, e.g. 404 or 503. */
  | { kind: "fails"; sipCode: number; afterMs?: number };

export type RingEnd = "answered" | "declined" | "busy" | "failed" | "cancelled" | "timed-out";

/** One call alerting at a device. */
export type Ring = {
  readonly callSid: string;
  readonly from: string;
  /** The called address with its parameters, as the device sees it. */
  readonly to: string;
  readonly at: number;
  /** Picks up; undefined when it no longer rings. */
  answer(options?: { audio?: boolean }): Handset | undefined;
  decline(): void;
  busy(): void;
  fail(sipCode: number): void;
  /** How it ended. */
  readonly over: Promise<RingEnd>;
};

/** A device somebody can call. */
export class Phone {
  readonly address: string;
  behaviour: PhoneBehaviour;
  /** Until it rings, in milliseconds, where it differs from the twin's `ringMs`: the phone network adds seconds. */
  ringMs: number | undefined;
  /** Called with every answered call. */
  onAnswer: ((handset: Handset) => void) | undefined;
  /** Called with every ring. */
  onRing: ((ring: Ring) => void) | undefined;
  readonly rings: Ring[] = [];
  readonly handsets: Handset[] = [];
  #ringWaiters: ((ring: Ring) => void)[] = [];
  #answerWaiters: ((handset: Handset) => void)[] = [];

  constructor(address: string, behaviour: PhoneBehaviour) {
    this.address = address;
    this.behaviour = behaviour;
  }

  /** Changes what the device does from the next call on. */
  behave(behaviour: PhoneBehaviour): void {
    this.behaviour = behaviour;
  }

  /** The next call that rings here, from now on. Rejects after `timeoutMs`. */
  nextRing(timeoutMs = 10_000): Promise<Ring> {
    return within(timeoutMs, `${this.address} did not ring`, (resolve) => this.#ringWaiters.push(resolve));
  }

  /** The next call that is answered here, from now on. Rejects after `timeoutMs`. */
  nextAnswer(timeoutMs = 10_000): Promise<Handset> {
    return within(timeoutMs, `${this.address} did not answer`, (resolve) => this.#answerWaiters.push(resolve));
  }

  /** The carrier tells the device that it rings. */
  ringing(ring: Ring): void {
    this.rings.push(ring);
    this.onRing?.(ring);
    const waiters = this.#ringWaiters;
    this.#ringWaiters = [];
    for (const resolve of waiters) resolve(ring);
  }

  /** The carrier tells the device that audio flows. */
  connected(handset: Handset): void {
    this.handsets.push(handset);
    this.onAnswer?.(handset);
    const waiters = this.#answerWaiters;
    this.#answerWaiters = [];
    for (const resolve of waiters) resolve(handset);
  }
}

function within<Value>(timeoutMs: number, what: string, subscribe: (resolve: (value: Value) => void) => void) {
  return new Promise<Value>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${what} within ${timeoutMs} ms`)), timeoutMs);
    timer.unref();
    subscribe((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}

/** `sip:user@host;transport=tls?x-case=1` and `sip:user@host` are one device. */
function addressOf(to: string): string {
  return to.startsWith("+") ? to : (to.split(/[;?]/)[0] ?? to);
}

/** All devices that can be reached. */
export class PhoneBook {
  readonly #phones = new Map<string, Phone>();

  /** Registers a device, or finds the one that is there and changes its behaviour if one is given. */
  register(address: string, behaviour: PhoneBehaviour | undefined): Phone {
    const key = addressOf(address);
    const known = this.#phones.get(key);
    if (known !== undefined) {
      if (behaviour !== undefined) known.behave(behaviour);
      return known;
    }
    const phone = new Phone(key, behaviour ?? { kind: "answers", afterMs: 1_000 });
    this.#phones.set(key, phone);
    return phone;
  }

  find(to: string): Phone | undefined {
    return this.#phones.get(addressOf(to));
  }

  /** The device is unreachable from now on: calls fail with 404. */
  unregister(address: string): void {
    this.#phones.delete(addressOf(address));
  }
}
