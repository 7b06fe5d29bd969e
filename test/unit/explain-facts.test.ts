// What Explain finds out about functions against what a reader finds out about them: the hand-written `.facts` files in fixtures/explain.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { definitionsOf } from "../../src/core/explain/definitions.js";
import { functionFacts } from "../../src/core/explain/function-facts.js";
import { explainGrammar } from "../../src/core/explain/grammars/index.js";
import { languageByPath } from "../../src/core/syntax/languages.js";
import { cutAsExpected, inWords, parseExpectations } from "../fixtures/explain.js";
import { openForTests } from "../fixtures/syntax.js";

const folder = join(__dirname, "../fixtures/explain");
const expectations = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".facts")).sort();

const languages = new Map<string, ReturnType<typeof openForTests>>();
const opened = (languageId: string) => languages.get(languageId) ?? languages.set(languageId, openForTests(languageId)).get(languageId)!;

describe("facts about functions", () => {
  for (const name of expectations) {
    const beside = join(folder, name.slice(0, -".facts".length));
    const source = existsSync(beside) ? beside : join(folder, "../files", beside.slice(beside.lastIndexOf("/") + 1));
    describe(name, () => {
      for (const expected of parseExpectations(readFileSync(join(folder, name), "utf8"))) {
        it(expected.container === undefined ? expected.name : `${expected.container}.${expected.name}`, async () => {
          const languageId = languageByPath(source)!.ids[0];
          const grammar = explainGrammar(languageId)!;
          const syntax = await opened(languageId);
          const { tree } = syntax.parse(languageId, readFileSync(source, "utf8"))!;
          const definitions = definitionsOf(tree, grammar);
          const definition = definitions.named(expected.name).find(({ kind, container }) => kind === "function" && (expected.container ?? container) === container);
          assert.ok(definition, "found in the file");
          const facts = functionFacts(definition.node, { root: tree.rootNode, languageId, grammar, definitions });
          assert.deepEqual(cutAsExpected(inWords(facts), expected.said), expected.said);
          tree.delete();
        });
      }
    });
  }
});
