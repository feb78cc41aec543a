// npm run lab: the twins alone, for developing a gateway against them. Prints the environment that points one here.
import { lines } from "./audio/clips.ts";
import { disputeBrain } from "./openai/dispute-brain.ts";
import { startVapi, VAPI_PART, vapiEnvironment } from "./rig/hosted-twins.ts";
import { RETELL_PART, retellEnvironment, startRetell } from "./rig/retell-in-rig.ts";
import { environment, NUMBER, PLAIN_NUMBER, pointNumbersAt, startTwins } from "./rig/start-rig.ts";

const port = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const gateway = process.env["GATEWAY_URL"] ?? "http://127.0.0.1:8080";
const twins = await startTwins({
  ports: {
    twilio: port("LAB_TWILIO_PORT", 4010),
    openai: port("LAB_OPENAI_PORT", 4020),
    business: port("LAB_BUSINESS_PORT", 4030),
  },
});
pointNumbersAt(twins.twilio, gateway);
const hosting = { brain: disputeBrain, gateway, carrier: twins.twilio };
const vapi = await startVapi({ ...hosting, port: port("LAB_VAPI_PORT", 4040) });
const retell = await startRetell({ ...hosting, port: port("LAB_RETELL_PORT", 4050) });
const { PATH: _path, ...settings } = {
  ...environment({}, twins),
  ...vapiEnvironment(vapi),
  ...retellEnvironment(retell),
};

console.log(`The lab is up; its numbers ${NUMBER} and ${PLAIN_NUMBER} ring at ${gateway} (GATEWAY_URL changes that).

Start a gateway against it:
${Object.entries(settings)
  .map(([name, value]) => `  ${name}=${value} \\`)
  .join("\n")}
  npm start

For Vapi's assistant put this into config/assistants.yaml, under an assistant with vendor: vapi or vapi-websocket:
${VAPI_PART}
For Retell's agent put this into config/assistants.yaml, under an assistant with vendor: retell or retell-llm:
${RETELL_PART}
Place a call:   curl -X POST ${twins.twilio.url}/lab/calls -H 'Content-Type: application/json' -d '{"from":"+14155550142","to":"${NUMBER}"}'
Say something:  POST ${twins.twilio.url}/lab/calls/CALL_SID/say {"text":"…"}; the model understands these lines:
${lines()
  .filter(({ speaker }) => speaker === "caller")
  .map(({ text }) => `  ${text}`)
  .join("\n")}
Ctrl-C ends it.`);

const stop = (): void => {
  Promise.all([twins.twilio.close(), twins.openai.close(), twins.business.close(), vapi.close(), retell.close()])
    .then(() => process.exit(0))
    .catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
};
process.once("SIGINT", stop);
process.once("SIGTERM", stop);
