/** What a store says that may be away; unanswered within its own limit is `ok: false`, never a throw. */
export type StoreAnswer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };
