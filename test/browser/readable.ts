import type { Page } from "playwright-core";

/**
 * Every text on the page that stands out too little from what is behind it, as "text: ratio". WCAG 2.2 AA: 4.5 to 1, or 3
 * to 1 from 24 px on (18.66 px in bold). What cannot be used now is exempt.
 */
export async function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(FAINT);
}

/** Every stop of the Tab key that does not show that it has the focus, or is out of sight with it. */
export async function hiddenFocus(page: Page, stops: number): Promise<string[]> {
  const hidden: string[] = [];
  for (let stop = 0; stop < stops; stop += 1) {
    await page.keyboard.press("Tab");
    const wrong = await page.evaluate<string | null>(FOCUS);
    if (wrong !== null) hidden.push(wrong);
  }
  return hidden;
}

// As text: the test's own types know no page.
const FAINT = `(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return rgba(getComputedStyle(document.documentElement).colorScheme.includes("dark") ? "black" : "white");
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (!text || !node.checkVisibility() || node.closest(":disabled, .unseen, noscript, script")) continue;
    const style = getComputedStyle(node);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const [one, two] = [light(rgba(style.color)), light(behind(node))];
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    if (ratio < (large ? 3 : 4.5)) faint.push(text.slice(0, 40) + ": " + ratio.toFixed(2));
  }
  return faint;
})()`;

const FOCUS = `(() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(node);
  const { top, bottom } = node.getBoundingClientRect();
  const name = node.tagName + " " + (node.textContent || node.name || node.id).slice(0, 30);
  if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) return name + " has no outline";
  const middle = Math.min(Math.max((top + bottom) / 2, 0), innerHeight - 1);
  const seen = document.elementFromPoint((node.getBoundingClientRect().left + node.getBoundingClientRect().right) / 2, middle);
  return seen && (node.contains(seen) || seen.contains(node)) && bottom > 0 && top < innerHeight ? null : name + " is covered";
})()`;
