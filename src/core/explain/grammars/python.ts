// Python.
import type { ExplainGrammar } from "./grammar.js";

export const python: ExplainGrammar = {
  functions: { function_definition: { kind: "function", result: "return_type" } },
  lambdas: { lambda: { kind: "function" } },
  lambdaNames: { assignment: "left" },
  types: { class_definition: "class" },
  wrappers: ["decorated_definition"],
  variables: { assignment: "left" },
  parameters: {
    identifier: {},
    default_parameter: { name: "name", value: "value" },
    typed_parameter: { type: "type" },
    typed_default_parameter: { name: "name", type: "type", value: "value" },
    list_splat_pattern: { rest: "positional" },
    dictionary_splat_pattern: { rest: "keyword" },
  },
  self: ["self", "cls"],
  names: ["identifier"],
  members: { attribute: ["object", "attribute"] },
  subscripts: { subscript: "value" },
  transparent: ["parenthesized_expression"],
  calls: { call: "function" },
  creations: {},
  assignments: { assignment: "left", augmented_assignment: "left", delete_statement: "" },
  updates: [],
  bindings: {
    assignment: ["left"], augmented_assignment: ["left"], for_statement: ["left"], for_in_clause: ["left"], as_pattern: ["alias"], named_expression: ["name"],
    function_definition: ["name"], class_definition: ["name"], import_statement: ["name"], import_from_statement: ["name"], aliased_import: ["alias"],
  },
  outward: ["global_statement", "nonlocal_statement"],
  branches: ["if_statement", "elif_clause", "match_statement"],
  ternaries: ["conditional_expression"],
  loops: ["for_statement", "while_statement"],
  tries: ["try_statement"],
  returns: ["return_statement"],
  throws: ["raise_statement"],
  catches: { except_clause: (clause) => {
    const value = clause.childForFieldName("value");
    return value?.type === "as_pattern" ? value.namedChild(0) : value;
  } },
  awaits: ["await"],
  yields: ["yield"],
  skip: ["type", "comment", "import_statement", "import_from_statement", "future_import_statement", "decorator", "global_statement", "nonlocal_statement", "keyword_separator"],
  skipFields: ["type", "return_type"],
  fresh: ["dictionary", "list", "set", "tuple", "list_comprehension", "dictionary_comprehension", "set_comprehension", "lambda"],
  blocks: ["block"],
  known: (
    "int str float bool bytes bytearray complex dict list set frozenset tuple object type print len range sum min max abs sorted reversed enumerate zip map filter any all "
    + "isinstance issubclass callable repr hash id iter next open super property classmethod staticmethod getattr setattr hasattr Exception BaseException ValueError TypeError "
    + "KeyError IndexError AttributeError RuntimeError NotImplementedError StopIteration OSError LookupError NotImplemented Ellipsis __name__ __file__"
  ).split(" "),
  imports: ["import_statement", "import_from_statement", "future_import_statement"],
};
