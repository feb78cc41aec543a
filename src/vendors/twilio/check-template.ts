import { MOMENT_RULES, type Moment, type MomentRule, VERB_RULES, type VerbRule } from "./template-rules.ts";
import type { XmlElement, XmlNode } from "./xml-document.ts";

export type TemplateProblem = { readonly line: number; readonly why: string };

/** `{{name}}`: filled with a value, or, alone between tags, with whole elements. */
export const BLANK = /\{\{([^{}]*)\}\}/g;

/** The slots a text between two tags is made of; empty when it is anything else. */
export const slotsOf = (text: string): readonly string[] =>
  /^(?:\s*\{\{[A-Za-z]+\}\})+\s*$/.test(text) ? Array.from(text.matchAll(BLANK), ([, name = ""]) => name) : [];

/** Everything that is wrong with one template. */
export function checkTemplate(moment: Moment, root: XmlElement): readonly TemplateProblem[] {
  const rule = MOMENT_RULES[moment];
  const checked: Checked = { rule, problems: [], used: new Set() };
  if (root.name !== "Response") {
    return [{ line: root.line, why: `the document must be a <Response>, and this is a <${root.name}>` }];
  }
  checkElement(checked, root);
  for (const name of [...rule.values, ...rule.slots]) {
    if (!checked.used.has(name)) checked.problems.push({ line: root.line, why: `{{${name}}} is missing` });
  }
  return checked.problems;
}

type Checked = { readonly rule: MomentRule; readonly problems: TemplateProblem[]; readonly used: Set<string> };

function checkElement(checked: Checked, node: XmlElement): void {
  const verb = VERB_RULES[node.name];
  const allowed = checked.rule.verbs === undefined || checked.rule.verbs.includes(node.name);
  if (!verb || !allowed) {
    checked.problems.push({ line: node.line, why: `<${node.name}> is not allowed in this document` });
    return;
  }
  checkAttributes(checked, node, verb);
  node.children.forEach((child, index) => {
    if (child.kind === "text") checkText(checked, { node, verb }, child);
    else checkChild(checked, { node, verb, index }, child);
  });
}

function checkAttributes(checked: Checked, node: XmlElement, verb: VerbRule): void {
  for (const { name, value, line } of node.attributes) {
    if (!verb.attributes.includes(name)) {
      checked.problems.push({ line, why: `<${node.name}> may not have the attribute "${name}"` });
    }
    checkBlanks(checked, value, line);
  }
  const keys = node.name === "Gather" ? { numDigits: String(checked.rule.keys ?? 1) } : {};
  for (const [name, value] of Object.entries({ ...verb.fixed, ...keys })) {
    if (node.attributes.some((attribute) => attribute.name === name && attribute.value === value)) continue;
    checked.problems.push({ line: node.line, why: `<${node.name}> must have ${name}="${value}"` });
  }
}

function checkText(
  checked: Checked,
  parent: { readonly node: XmlElement; readonly verb: VerbRule },
  child: Extract<XmlNode, { kind: "text" }>,
): void {
  if (child.text.trim() === "") return;
  const slots = slotsOf(child.text);
  if (slots.length > 0 && slots.every((slot) => checked.rule.slots.includes(slot))) {
    for (const slot of slots) checked.used.add(slot);
    if (!parent.verb.inside.includes("Say")) {
      checked.problems.push({ line: child.line, why: `spoken lines cannot stand in <${parent.node.name}>` });
    }
    return;
  }
  if (parent.verb.text !== true) {
    checked.problems.push({ line: child.line, why: `<${parent.node.name}> may not hold text` });
  }
  checkBlanks(checked, child.text, child.line);
}

function checkBlanks(checked: Checked, text: string, line: number): void {
  const { rule, problems, used } = checked;
  for (const [whole, name = ""] of text.matchAll(BLANK)) {
    used.add(name);
    if (rule.slots.includes(name)) problems.push({ line, why: `${whole} must stand alone between two tags` });
    else if (!rule.values.includes(name) && rule.optional?.includes(name) !== true) {
      const known = [...rule.values, ...(rule.optional ?? []), ...rule.slots].map((one) => `{{${one}}}`);
      problems.push({ line, why: `${whole} is not known here; known are: ${known.join(", ") || "none"}` });
    }
  }
  if (/\{\{|\}\}/.test(text.replaceAll(BLANK, ""))) {
    problems.push({ line, why: "a blank is written {{name}}; these braces do not match" });
  }
}

function checkChild(
  checked: Checked,
  parent: { readonly node: XmlElement; readonly verb: VerbRule; readonly index: number },
  child: XmlElement,
): void {
  const { node, verb, index } = parent;
  if (VERB_RULES[child.name] && !verb.inside.includes(child.name)) {
    checked.problems.push({ line: child.line, why: `<${child.name}> may not stand in <${node.name}>` });
  }
  const next = node.children.slice(index + 1).find((sibling) => sibling.kind === "element");
  if (VERB_RULES[child.name]?.thenRedirect === true && next?.name !== "Redirect" && checked.rule.values.length > 0) {
    checked.problems.push({ line: child.line, why: `<${child.name}> must be followed by a <Redirect>` });
  }
  checkElement(checked, child);
}
