import { expect, test } from "vitest";

import { signedUrl, signHandshake, signRequest } from "../../../lab/twilio/signature.ts";

// docs/usage/security's worked example and vectors made with twilio@6.2.0; token 12345.
test.each([
  [
    "https://example.com/myapp.php?foo=1&bar=2",
    { CallSid: "CA1234567890ABCDE", Caller: "+14158675310", Digits: "1234", From: "+14158675310", To: "+18005551212" },
    "L/OH5YylLD5NRKLltdqwSvS0BnU=",
  ],
  [
    "https://gw.example.com/twilio/voice?tenant=t1",
    {
      CallSid: "CA00000000000000000000000000000001",
      CallStatus: "ringing",
      From: "+15551230001",
      To: "+15551230002",
    },
    "/2JZrHVGfBQV6X7GfRZfG1G950Y=",
  ],
  ["https://gw.example.com/twilio/voice?CallSid=CA1&From=%2B15551230001", {}, "ic0iITP4z6szvLXdNhEQ0n7dupI="],
])("signs %s", (url, fields, signature) => {
  expect(signRequest("12345", url, fields as Record<string, string>)).toBe(signature);
});

test("signs a handshake over the URL as it is written", () => {
  expect(signHandshake("12345", "wss://gw.example.com/media")).toBe("EaUrJnXeOdQbckRcqHzor+8Gtsk=");
  expect(signHandshake("12345", "wss://gw.example.com/media/")).toBe("ecRPTWAi5CQuAiLbSzs00z3K3yM=");
});

test("leaves out what Twilio leaves out of the signed URL", () => {
  expect(signedUrl("https://user:pass@gw.example.com:8443/voice?a=1#rc=3")).toBe("https://gw.example.com/voice?a=1");
  expect(signedUrl("http://127.0.0.1:8080/voice?at=x@y:1")).toBe("http://127.0.0.1:8080/voice?at=x@y:1");
});
