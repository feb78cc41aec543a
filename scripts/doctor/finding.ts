/** What one check found: good, bad, or, when it is `aside`, neither: something to know. */
export type Finding = {
  readonly what: string;
  readonly ok: boolean;
  readonly note: string;
  readonly aside?: true;
};
