import { describe, expect, test } from "vitest";
import { isPublicAddress } from "../../src/protocol/public-address.ts";

describe("where webhooks may go", () => {
  test.each([
    "https://hooks.example.com/warmline",
    "http://93.184.216.34/x",
    "https://172.32.0.1/",
    "https://[2606:2800:220:1:248:1893:25c8:1946]/",
    "https://localhost.example.com/",
  ])("%s", (url) => expect(isPublicAddress(url)).toBe(true));

  test.each([
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f.0.0.1/",
    "http://localhost:8080/",
    "http://LOCALHOST/",
    "http://api.localhost/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data",
    "http://0.0.0.0/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[fd00::1]/",
    "http://[fe80::1]/",
    "http://metadata.google.internal/",
    "not an address",
  ])("not %s", (url) => expect(isPublicAddress(url)).toBe(false));
});
