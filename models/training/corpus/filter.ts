// Which files of a package are readable source that somebody wrote, and their text without licence header. Pure functions on
// one file or one package's file list; nothing here knows where files come from or where they go.

const languages = new Map(Object.entries({
  ts: "typescript", mts: "typescript", cts: "typescript", tsx: "typescriptreact",
  js: "javascript", mjs: "javascript", cjs: "javascript", jsx: "javascriptreact", py: "python",
}));

/** VS Code's language id for the path; undefined for everything that is not TypeScript, JavaScript or Python source. */
export function languageOf(path: string): string | undefined {
  if (/\.d\.[cm]?ts$|\.min\.|\.bundle\.|[.-]bundle\.js$/.test(path)) return undefined;
  return languages.get(path.slice(path.lastIndexOf(".") + 1));
}

const foreignFolder = /(^|\/)(node_modules|bower_components|vendor|vendored|_vendor|_vendored|third_party|third-party|thirdparty|extern|externals|locale|locales|i18n|lang|langs|generated|__generated__|testdata|umd)\//;
const outputFolder = /^(.*\/)?(dist|build|out|lib|es|esm|cjs|commonjs|module|fesm\d+|esm\d+|legacy|bundles?|types)\//;

/** True for folders of other people's code, translations, and data that is only named like source. */
export function isForeign(path: string): boolean {
  return foreignFolder.test(path);
}

/** JavaScript that a build wrote next to the sources it was built from. */
export function compiledTwins(paths: readonly string[]): Set<string> {
  const typed = paths.filter((path) => languageOf(path)?.startsWith("typescript") === true);
  const stems = new Set(typed.map(stemOf));
  const hasSource = typed.length >= 5 || paths.filter((path) => /(^|\/)src\/.+\.m?js$/.test(path)).length >= 5;
  return new Set(paths.filter((path) => languageOf(path)?.startsWith("javascript") === true && (stems.has(stemOf(path)) || (hasSource && outputFolder.test(path)))));
}

/** The file's name with its last folder, without extension: what a source and its build output have in common. */
function stemOf(path: string): string {
  return path.replace(/\.[^./]+$/, "").split("/").slice(-2).join("/").replace(outputFolder, "").replace(/^src\//, "");
}

const generated = /@generated|\b(auto-?)?generated (by|from|using|with|via|automatically)|automatically generated|do not (edit|modify|change)|don't edit|this file is (auto-?)?generated/i;
const compiled = /Object\.defineProperty\(exports, ["']__esModule|\b__(awaiter|generator|decorate|extends|importDefault|importStar|createBinding|toESM|spreadArray|privateField(Get|Set)|publicField)\b|_interopRequire|_createClass\(|_classCallCheck\(|_regenerator|\btslib_\d|function __webpack_require__|ɵɵngDeclare|_jsxs?\(|\/\*#__PURE__\*\/ ?_?(jsx|React)|\n\/\/# sourceMappingURL=\S+\s*$/;
const flow = /@flow\b/;

/** Why the text is not wanted; undefined when it is. Sizes and lengths in characters. */
export function rejection(text: string, language: string): string | undefined {
  if (text.length < 200) return "too small";
  if (text.length > 200_000) return "too large";
  if (/[\0\ufffd]/.test(text)) return "not text";
  const head = text.slice(0, 1_500);
  if (generated.test(head)) return "generated";
  if (language.startsWith("javascript") && flow.test(head)) return "flow types";
  if (language.startsWith("javascript") && compiled.test(text)) return "compiled";
  const lines = text.split("\n");
  if (text.length / lines.length > 100 || lines.some((line) => line.length > 1_000)) return "minified";
  const { letters, digits, foreign } = shares(text);
  if (letters + digits < 0.25) return "few letters";
  if (foreign > 0.1) return "not English";
  if (digits > 0.2 || lines.filter((line) => literalLine.test(line)).length > lines.length / 2) return "data";
  return undefined;
}

const literalLine = /^\s*[[({]*\s*((["'`])[^"'`]*\2(\s*:\s*(["'`])[^"'`]*\4)?|[-+\d.,xXeE\s]+)[\])},;:\s]*$/;

/** Shares of Latin letters, digits and signs beyond ASCII in the text's characters. */
function shares(text: string): { letters: number; digits: number; foreign: number } {
  let [letters, digits, foreign] = [0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) foreign++;
    else if (code >= 48 && code <= 57) digits++;
    else if ((code | 32) >= 97 && (code | 32) <= 122) letters++;
  }
  return { letters: letters / text.length, digits: digits / text.length, foreign: foreign / text.length };
}

const licence = /copyright|licen[cs]e|SPDX-|all rights reserved|@author/i;
const firstComment = /^\s*(?:\/\*[\s\S]*?\*\/|(?:[ \t]*\/\/[^\n]*(?:\n|$))+|(?:[ \t]*#[^\n]*(?:\n|$))+)/;

/** The text with Unix line ends and without the comments at its top that speak about licence and copyright. */
export function stripLicence(text: string): string {
  let rest = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n").replace(/^#!.*\n/, "");
  for (;;) {
    const comment = firstComment.exec(rest)?.[0];
    if (comment === undefined || !licence.test(comment)) return `${rest.trim()}\n`;
    rest = rest.slice(comment.length);
  }
}
