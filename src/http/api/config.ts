import { configAnswer } from "../../protocol/api.ts";
import { endpoint, type Endpoint } from "../endpoint.ts";
import type { ApiDeps } from "./api-deps.ts";

export function configEndpoints(deps: ApiDeps): Endpoint[] {
  return [
    endpoint({
      method: "get",
      path: "/api/config",
      summary: "The routing configuration in force; its ETag is the revision.",
      roles: ["supervisor", "admin", "integration"],
      status: 200,
      answer: configAnswer,
      run: async () => {
        const config = deps.config();
        return { body: config, headers: { ETag: `"${config.revision}"` } };
      },
    }),
  ];
}
