/**
 * In a `select` of the same statement: its transaction is answered before it has reached the disk (some 0.6 s at most).
 * What is written afterwards reaches it later, so whatever is stored on the strength of it takes it along.
 * https://www.postgresql.org/docs/current/wal-async-commit.html
 */
export const NOT_ON_DISK = "set_config('synchronous_commit', 'off', true)";
