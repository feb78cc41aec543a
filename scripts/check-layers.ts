// Checks the import rules of .dependency-cruiser.json over src, lab and web.
// Fails closed: dependency-cruiser reports "no violations" when it cannot read TypeScript at all
// (TypeScript 7 has no parser API it can use, so it needs @swc/core), hence the module count is part of the check.
import { glob, readFile } from "node:fs/promises";
import { cruise, type ICruiseResult, type IConfiguration } from "dependency-cruiser";

const config = JSON.parse(await readFile(".dependency-cruiser.json", "utf8")) as IConfiguration;
const onDisk = (await Array.fromAsync(glob("{src,lab,web}/**/*.{ts,tsx}", { exclude: ["**/dist/**"] }))).length;
const roots = ["src", "lab", "web"];
const { output } = await cruise(roots, {
  ...config.options,
  exclude: { path: "/dist/" },
  ruleSet: config,
  validate: true,
});
const { modules, summary } = output as ICruiseResult;
const ours = modules.filter((module) => /^(src|lab|web)\/.*\.tsx?$/.test(module.source)).length;

if (ours < onDisk) {
  console.error(`check-layers: read ${ours} modules of ${onDisk} on disk; the rules were not checked on the others`);
  process.exitCode = 1;
}
for (const violation of summary.violations)
  console.error(`${violation.rule.name}: ${violation.from} -> ${violation.to}`);
if (summary.violations.length > 0) process.exitCode = 1;
else console.log(`import rules hold over ${ours} modules`);
