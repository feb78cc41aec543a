import { BLANK, slotsOf } from "./check-template.ts";
import { writeXml, type XmlElement, type XmlNode } from "./xml-document.ts";

export type Filling = {
  readonly values: Readonly<Record<string, string>>;
  readonly slots: Readonly<Record<string, readonly XmlElement[]>>;
};

/**
 * The document as it goes out. Values are put into the tree and escaped when it is written: whatever they say, no verb
 * and no attribute can come of it (C40).
 */
export const fillTemplate = (template: XmlElement, filling: Filling): string => writeXml(fill(template, filling));

function fill(node: XmlElement, filling: Filling): XmlElement {
  return {
    ...node,
    attributes: node.attributes.map((attribute) => ({ ...attribute, value: fillBlanks(attribute.value, filling) })),
    children: node.children.flatMap((child) => fillChild(child, filling)),
  };
}

function fillChild(child: XmlNode, filling: Filling): readonly XmlNode[] {
  if (child.kind === "element") return [fill(child, filling)];
  const slots = slotsOf(child.text);
  if (slots.length > 0 && slots.every((slot) => filling.slots[slot] !== undefined)) {
    return slots.flatMap((slot) => filling.slots[slot] ?? []);
  }
  return [{ ...child, text: fillBlanks(child.text, filling) }];
}

function fillBlanks(text: string, filling: Filling): string {
  return text.replaceAll(BLANK, (whole, name: string) => {
    const value = filling.values[name];
    // Templates are checked at start, so this is a mistake of ours.
    if (value === undefined) throw new Error(`a template asks for ${whole}, and its document does not fill it`);
    return value;
  });
}
