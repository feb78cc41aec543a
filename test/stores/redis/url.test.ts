import { expect, test } from "vitest";
import { readRedisUrl } from "../../../src/stores/redis/url.ts";

test.each([
  ["redis://cache", { kind: "single", options: { host: "cache", port: 6379 } }],
  ["redis://10.0.0.1:6380/2", { kind: "single", options: { host: "10.0.0.1", port: 6380, db: 2 } }],
  ["redis://[::1]:7000", { kind: "single", options: { host: "::1", port: 7000 } }],
  ["redis://:p%40ss@cache", { kind: "single", options: { password: "p@ss", host: "cache", port: 6379 } }],
  [
    "rediss://app:secret@cache.example.org:6380/0",
    {
      kind: "single",
      options: { username: "app", password: "secret", tls: {}, host: "cache.example.org", port: 6380, db: 0 },
    },
  ],
  [
    "redis+sentinel://:secret@s1,s2:26380/main/1",
    {
      kind: "sentinel",
      options: {
        password: "secret",
        sentinels: [
          { host: "s1", port: 26379 },
          { host: "s2", port: 26380 },
        ],
        name: "main",
        db: 1,
      },
    },
  ],
  [
    "rediss+cluster://app:secret@n1:7001,n2",
    {
      kind: "cluster",
      nodes: [
        { host: "n1", port: 7001 },
        { host: "n2", port: 6379 },
      ],
      options: { username: "app", password: "secret", tls: {} },
    },
  ],
])("%s", (url, place) => {
  expect(readRedisUrl(url)).toEqual(place);
});

test.each([
  "",
  "cache:6379",
  "http://cache",
  "redis://",
  "redis://a,b",
  "redis://:hunter2@cache/x",
  "redis+sentinel://:hunter2@s1",
  "redis://:hunter2@a:b:c",
])("%j is refused with the forms that are known, and without the password", (url) => {
  expect(() => readRedisUrl(url)).toThrow(/REDIS_URL.*redis\+sentinel:\/\//s);
  expect(() => readRedisUrl(url)).not.toThrow(/hunter2/);
});
