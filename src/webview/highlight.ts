// Colours for code: highlight.js finds what is a keyword and what a string, the style sheet gives it the theme's colours.
import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import c from "highlight.js/lib/languages/c";
import cpp from "highlight.js/lib/languages/cpp";
import csharp from "highlight.js/lib/languages/csharp";
import css from "highlight.js/lib/languages/css";
import diff from "highlight.js/lib/languages/diff";
import go from "highlight.js/lib/languages/go";
import java from "highlight.js/lib/languages/java";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import kotlin from "highlight.js/lib/languages/kotlin";
import php from "highlight.js/lib/languages/php";
import python from "highlight.js/lib/languages/python";
import ruby from "highlight.js/lib/languages/ruby";
import rust from "highlight.js/lib/languages/rust";
import sql from "highlight.js/lib/languages/sql";
import swift from "highlight.js/lib/languages/swift";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";

const languages = {
  bash, c, cpp, csharp, css, diff, go, java, javascript, json, kotlin, php, python, ruby, rust, sql, swift, typescript, xml, yaml,
};
for (const [name, definition] of Object.entries(languages)) hljs.registerLanguage(name, definition);
hljs.configure({ ignoreUnescapedHTML: true });

/** More than this is not coloured: it would hold up what is typed. */
const MAX_CHARACTERS = 30_000;

/** Writes the code into the element. Its text is exactly the code, whatever is in it: highlight.js escapes it. */
export function writeCode(element: HTMLElement, code: string, language: string): void {
  if (code.length > MAX_CHARACTERS || !hljs.getLanguage(language)) element.textContent = code;
  else element.innerHTML = hljs.highlight(code, { language, ignoreIllegals: true }).value;
}
