/**
 * Seeds that once failed, with what each of them found. A seed says the same as long as the world is the same: where the
 * world has grown since, the line says what was found and the seed is one more run.
 */
export const ONCE_FAILED: readonly (readonly [seed: number, found: string])[] = [
  [13, "a reservation answered after the caller had left was kept"],
  [231, "news of a hang-up on the road for half a minute: silence was measured on a line that was gone"],
  [322, "an ending the carrier did not perform, and the next agent rung meanwhile"],
  [
    373,
    "a commit whose answer was lost: its cut-speech was never performed, and a promise was heard with nobody reserved",
  ],
  [507, "a create without an answer or a callback: the leg rang for an offer that was given up"],
  [577, "a callback asked for before any search: nobody kept the caller company while the number was read back"],
  [848, "news that the caller joined, told twice, gave the agent's audio more time each time"],
  [1036, "the assistant answered while the store had not yet answered the move"],
  [1538, "a second team asked for: the budget of the first was still running"],
  [1540, "three slow commits in a row kept an agent reserved for a case that had moved on"],
  [78, "the assistant was lost while the emergency line was said, and nobody said it again"],
  [4578, "an agent declined while the emergency line was said: it was cut off for the next agent's"],
  [5043, "a move the carrier never performed left the caller with an assistant that stayed silent"],
  [12096, "an agent gone while the caller was on the way in, the join not told: nobody looked for them in the room"],
  [12872, "presence offered an agent whom the journal knew to be busy, to one waiting case after the other, for ever"],
  [17734, "a store that was silent three times in a row: the node did not know of its own commit"],
  [30029, "a sentence that mentions a callback waited to be said when the caller spoke of danger, and was said first"],
  [59846, "a dead node's reservation, asked for again when its case had moved on: nobody gave the agent back"],
  [
    60323,
    "another team was asked for while the promise of the first still waited to be said: it was said with nobody reserved",
  ],
  [100488, "the question of the fallback was lost with the answer to its commit, and nobody asked it"],
  [102338, "a reservation taken up again by recovery while its slow answer was on the road"],
  [
    110429,
    "an agent lost, the redirect's outcome unknown and no answer to who is in the room: the caller stayed there alone",
  ],
  [200450, "voice back after a node's death, measured on a caller who had hung up"],
  [310136, "one node said a promise after another had seen the agent go"],
];
