// Code from an answer, as it is written where the cursor is: `|` is the cursor, `[` and `]` are the ends of a selection.
import { strict as assert } from "node:assert";
import { fitted } from "../../src/extension/chat/indent.js";

const METHOD = "size() {\n  if (this.empty) {\n    return 0;\n  }\n\n  return 1;\n}";

/** The document after the code was inserted. */
function insert(document: string, code: string, step = "  "): string {
  const marks = /^([^]*?)(?:\||\[([^]*?)\])([^]*)$/.exec(document)!;
  const [before, selected, after] = [marks[1]!, marks[2] ?? "", marks[3]!];
  const positionAt = (text: string): { line: number; character: number } => {
    const lines = text.split("\n");
    return { line: lines.length - 1, character: lines.at(-1)!.length };
  };
  const lines = (before + selected + after).split("\n");
  return before + fitted(code, { lines, start: positionAt(before), end: positionAt(before + selected), step }) + after;
}

const indented = (text: string, by: string): string => text.split("\n").map((line) => (line === "" ? "" : by + line)).join("\n");

describe("code that is inserted from the chat", () => {
  const cases: [what: string, document: string, code: string, expected: string, step?: string][] = [
    ["as deep as the cursor", "class A {\n  |\n}", METHOD, `class A {\n${indented(METHOD, "  ")}\n}`],
    ["as deep as an empty line between methods", "class A {\n  a() {\n  }\n|\n  b() {\n  }\n}", METHOD, `class A {\n  a() {\n  }\n${indented(METHOD, "  ")}\n  b() {\n  }\n}`],
    ["inside of what is opened above", "class A {\n|\n}", METHOD, `class A {\n${indented(METHOD, "  ")}\n}`],
    ["inside of what is closed below", "class A {\n  a() {\n  }\n|\n}", METHOD, `class A {\n  a() {\n  }\n${indented(METHOD, "  ")}\n}`],
    ["inside of a block by indentation", "class A:\n|", "def f(self):\n    pass", "class A:\n    def f(self):\n        pass", "    "],
    ["as deep as the next definition of a class by indentation", "class A:\n    def f(self):\n        pass\n|\n    def g(self):\n        pass", "def h(self):\n    pass", "class A:\n    def f(self):\n        pass\n    def h(self):\n        pass\n    def g(self):\n        pass", "    "],
    ["at the end of a file not at all", "class A {\n}\n|", "class B {\n  b;\n}", "class A {\n}\nclass B {\n  b;\n}"],
    ["whatever the answer's own indentation is", "class A {\n  |\n}", indented(METHOD, "        "), `class A {\n${indented(METHOD, "  ")}\n}`],
    ["in lines of its own before a line", "class A {\n|  b() {\n  }\n}", "a() {\n}", "class A {\n  a() {\n  }\n  b() {\n  }\n}"],
    ["in lines of its own before a line's first word", "if (a) {\n  |b();\n}", "x();\ny();", "if (a) {\n  x();\n  y();\n  b();\n}"],
    ["into a line as it is", "const a = |;", "b + c", "const a = b + c;"],
    ["into a line with the rest as deep as the line", "  run(|);", "() => {\n  go();\n}", "  run(() => {\n    go();\n  });"],
    ["in place of whole lines", "class A {\n[  a() {\n  }\n]}", "a() {\n  b();\n}", "class A {\n  a() {\n    b();\n  }\n}"],
    ["in place of a part of a line", "const a = [b];", "c", "const a = c;"],
    ["in place of lines from their first word", "class A {\n  [a() {\n  }]\n}", "a() {\n  b();\n}", "class A {\n  a() {\n    b();\n  }\n}"],
    ["with the file's tabs", "class A {\n\t|\n}", "a() {\n    if (b) {\n        c();\n    }\n}", "class A {\n\ta() {\n\t\tif (b) {\n\t\t\tc();\n\t\t}\n\t}\n}", "\t"],
    ["with the file's blanks", "class A {\n  |\n}", "a() {\n\tb();\n}", "class A {\n  a() {\n    b();\n  }\n}"],
    ["without empty lines around it", "|", "\n\n  a();\n\n", "a();"],
    ["even if it is empty", "a|b", "", "ab"],
  ];
  for (const [what, document, code, expected, step] of cases) {
    it(what, () => assert.equal(insert(document, code, step), expected));
  }
});
