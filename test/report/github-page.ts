import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

/** A comment as a reader sees it: its HTML tags in order, and what GitHub's own filters would still make active. */
export interface GithubPage {
  readonly html: string;
  /** Opening tags, with attributes; neither `<code>` nor `<wbr>`, which our sink writes. */
  readonly tags: readonly string[];
  readonly text: string;
  /** Pieces of text that cmark-gfm or a filter of GitHub's would link, mention, or turn into an emoji. */
  readonly active: readonly string[];
}

const ADDRESS = /[\w.+-]@[\w-]+|:\/\/|www\./i;
const REFERENCE = /@[\w-]|#\d|\b(?:gh|ghsa|cve)-|(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])|:[\w+-]+:|\$/i;

export function githubPage(source: string): GithubPage {
  const html = micromark(source, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  const tags: string[] = [];
  const texts: string[] = [];
  const active: string[] = [];
  let [code, fence] = [0, 0];
  for (const part of html.split(/(<[^>]*>)/)) {
    if (/^<\/?(code|pre)\b/.test(part)) code += part.startsWith("</") ? -1 : 1;
    if (/^<\/?pre\b/.test(part)) fence += part.startsWith("</") ? -1 : 1;
    if (part.startsWith("<")) tags.push(...(/^<(?!\/|code>|wbr>)/.test(part) ? [part] : []));
    else texts.push(decoded(part));
    const text = part.startsWith("<") ? "" : decoded(part);
    if ((fence === 0 && ADDRESS.test(text)) || (code === 0 && REFERENCE.test(text))) active.push(text);
  }
  return { html, tags, text: texts.join(""), active };
}

const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

const decoded = (html: string): string =>
  html
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(lt|gt|amp|quot);/g, (_, name: string) => NAMED[name] ?? "");
