// Which table belongs to which language.
import { bash } from "./bash.js";
import { cpp } from "./cpp.js";
import { csharp } from "./csharp.js";
import { ecmascript } from "./ecmascript.js";
import { go } from "./go.js";
import type { ExplainGrammar } from "./grammar.js";
import { java } from "./java.js";
import { php } from "./php.js";
import { python } from "./python.js";
import { ruby } from "./ruby.js";
import { rust } from "./rust.js";

const grammars: Readonly<Record<string, ExplainGrammar>> = {
  typescript: ecmascript, typescriptreact: ecmascript, javascript: ecmascript, javascriptreact: ecmascript,
  python, ruby, php, go, rust, java, csharp, c: cpp, cpp, shellscript: bash,
};

/** Undefined for a language whose functions Explain cannot tell apart. */
export function explainGrammar(languageId: string): ExplainGrammar | undefined {
  return grammars[languageId];
}
