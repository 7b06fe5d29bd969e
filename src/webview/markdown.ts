// Markdown to safe HTML, a top-level block at a time. What a model writes is hostile until proven otherwise: raw HTML stays text, the
// sanitizer lets through tags of text only, and no address but http and https survives. Knows nothing of the panel.
import createDOMPurify, { type Config } from "dompurify";
import createMarkdownIt, { type MarkdownIt, type Token } from "markdown-it";

export type Block =
  /** `closed` is false for a fence that the model is still writing. */
  | { kind: "code"; start: number; source: string; language: string; code: string; closed: boolean }
  | { kind: "html"; start: number; source: string; html: string };

/** Longer paragraphs are no prose: parsed as one, they could take a processor for minutes. They are shown as they are. */
const MAX_INLINE = 8_000;

const allowed: Config = {
  ALLOWED_TAGS: ["p", "br", "strong", "em", "s", "code", "pre", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "a", "table", "thead", "tbody", "tr", "th", "td"],
  ALLOWED_ATTR: ["href", "title", "start", "class"], // of classes, only a code block's language
  ALLOWED_URI_REGEXP: /^https?:\/\//i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
};

const purify = createDOMPurify(window);
purify.addHook("uponSanitizeAttribute", (_, attribute) => {
  if (attribute.attrName === "class" && !/^language-[\w+#.-]+$/.test(attribute.attrValue)) attribute.keepAttr = false;
});
const markdown = createParser();

/** `text` with lines that end in a newline only, from its beginning or from where a block of it begins. */
export function parseBlocks(text: string): Block[] {
  const environment = {};
  const tokens = markdown.parse(text, environment);
  const lineStarts = startsOfLines(text);
  return topLevel(tokens).map((group): Block => {
    const [from, to] = group[0]!.map ?? [0, 0];
    const start = lineStarts[from] ?? text.length;
    const source = text.slice(start, lineStarts[to] ?? text.length);
    const [first] = group;
    if (first?.type === "fence" || first?.type === "code_block") return { ...codeBlock(first, source), start, source };
    return { kind: "html", start, source, html: purify.sanitize(markdown.renderer.render(group, markdown.options, environment), allowed) };
  });
}

function createParser(): MarkdownIt {
  const parser = createMarkdownIt({ html: false, linkify: true, breaks: false });
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  parser.validateLink = (url) => /^https?:\/\//i.test(url.trim());
  // A picture would be fetched from somewhere: it becomes a link that a person may follow.
  parser.renderer.rules["image"] = (tokens, index) => {
    const { content } = tokens[index]!;
    const address = String(tokens[index]!.attrGet("src") ?? "");
    return `<a href="${parser.utils.escapeHtml(address)}">${parser.utils.escapeHtml(content === "" ? address : content)}</a>`;
  };
  parser.renderer.rules["plain"] = (tokens, index) => parser.utils.escapeHtml(tokens[index]!.content);
  parser.core.ruler.after("block", "long", (state) => {
    for (const token of state.tokens) {
      if (token.type === "inline" && token.content.length > MAX_INLINE) token.type = "plain";
    }
  });
  return parser;
}

function codeBlock({ type, info, markup, content }: Token, source: string): Omit<Block & { kind: "code" }, "start" | "source"> {
  const language = (info.trim().split(/\s+/)[0] ?? "").replaceAll(/[^\w+#.-]/g, "");
  const lastLine = source.trimEnd().split("\n").at(-1) ?? "";
  const closed = type === "code_block" || (source.trimEnd().includes("\n") && lastLine.trim().startsWith(markup) && /^(`+|~+)$/.test(lastLine.trim()));
  return { kind: "code", language, code: content, closed };
}

/** Tokens from an opening one to its closing one, or one that stands alone. */
function topLevel(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [];
  let depth = 0;
  for (const token of tokens) {
    if (depth === 0) groups.push([]);
    groups.at(-1)!.push(token);
    depth += token.nesting;
  }
  return groups;
}

function startsOfLines(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
