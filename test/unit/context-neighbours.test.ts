import assert from "node:assert/strict";
import { compose, type Neighbour } from "../../src/core/context/compose.js";
import type { ComposedContext } from "../../src/core/context/context.js";
import type { Syntax } from "../../src/core/syntax/parser.js";
import { openForTests } from "../fixtures/syntax.js";

const filler = Array.from({ length: 60 }, (_, index) => `const value${index} = compute(${index}, "nothing to see");`).join("\n");

describe("neighbours of a file", () => {
  let syntax: Syntax;
  before(async () => { syntax = await openForTests("typescript"); });

  function neighbour(path: string, text: string, why: Neighbour["why"], withTree = true): Neighbour {
    return { document: { uri: path, path, languageId: "typescript", version: 1, text }, tree: withTree ? syntax.parse("typescript", text) : undefined, why };
  }

  function composeAt(marked: string, neighbours: Neighbour[]): ComposedContext {
    const text = marked.replace("▮", "");
    return compose({
      document: { uri: "a.ts", path: "a.ts", languageId: "typescript", version: 1, text }, offset: marked.indexOf("▮"),
      tree: syntax.parse("typescript", text), neighbours, budget: { tokens: 400, charsPerToken: 3 },
    });
  }

  const users = "export interface User { name: string }\nexport function createUser(name: string, age: number): User {\n  const user = { name };\n  return user;\n}\n";
  const other = "export function unrelated(): void {\n  throw new Error(\"not here\");\n}\n";

  it("shows what is imported, and what is open only when something names it", () => {
    const code = `import { createUser } from "./users.js";\n${filler}\nfunction main() {\n  const user = createUser(▮);\n  return user;\n}\n`;
    const { neighbours } = composeAt(code, [neighbour("other.ts", other, "open"), neighbour("users.ts", users, "imported")]);
    assert.deepEqual(neighbours.map(({ path }) => path), ["users.ts"]);
    assert.match(neighbours[0]!.text, /createUser\(name: string, age: number\): User \{ \.\.\. \}\n/);
  });

  it("puts the file that is named next to the code", () => {
    const code = `import "./other.js";\n${filler}\nfunction main(user: User) {\n  const a = user.name;\n  return ▮;\n}\nconst last: User = createUser("a", 1);\n`;
    const { neighbours } = composeAt(code, [neighbour("users.ts", users, "recent"), neighbour("other.ts", other, "imported")]);
    assert.deepEqual(neighbours.map(({ path }) => path), ["other.ts", "users.ts"]);
  });

  it("shows how other files use the names at the cursor", () => {
    const use = "export function seed() {\n  return createUser(\"Ada\", 36);\n}\n";
    const { outline } = composeAt(`${filler}\nfunction main() {\n  const user = createUser(▮);\n}\n`, [neighbour("seed.ts", use, "open")]);
    assert.match(outline, /return createUser\("Ada", 36\);/);
  });

  it("never shows secret files, nor files without a tree", () => {
    const secret = "export const createUser = \"token-of-the-user\";\n";
    const context = composeAt(`${filler}\nconst user = createUser(▮);\n`, [neighbour(".env", secret, "open"), neighbour("notes.txt", secret, "open", false)]);
    assert.doesNotMatch(JSON.stringify(context), /token-of-the-user/);
    assert.deepEqual(context.neighbours, []);
  });
});
