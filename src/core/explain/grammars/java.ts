// Java.
import type { ExplainGrammar } from "./grammar.js";

export const java: ExplainGrammar = {
  functions: {
    method_declaration: { kind: "method", result: "type" },
    constructor_declaration: { kind: "constructor" },
    compact_constructor_declaration: { kind: "constructor" },
  },
  lambdas: { lambda_expression: { kind: "function" } },
  lambdaNames: { variable_declarator: "name" },
  types: {
    class_declaration: "class", interface_declaration: "interface", enum_declaration: "enum", record_declaration: "record", annotation_type_declaration: "annotation",
  },
  wrappers: ["local_variable_declaration", "field_declaration", "variable_declarator"],
  variables: { variable_declarator: "name" },
  parameters: {
    formal_parameter: { name: "name", type: "type" },
    spread_parameter: { rest: "positional" },
    identifier: {},
  },
  self: ["this", "super"],
  implicitSelf: true,
  names: ["identifier"],
  members: { field_access: ["object", "field"] },
  subscripts: { array_access: "array" },
  transparent: ["parenthesized_expression"],
  calls: { method_invocation: ["object", "name"], explicit_constructor_invocation: "constructor" },
  creations: { object_creation_expression: "type" },
  assignments: { assignment_expression: "left" },
  updates: ["update_expression"],
  bindings: {
    variable_declarator: ["name"], enhanced_for_statement: ["name"], catch_formal_parameter: ["name"], resource: ["name"], instanceof_expression: ["name"], type_pattern: [""],
  },
  branches: ["if_statement", "switch_expression"],
  ternaries: ["ternary_expression"],
  loops: ["for_statement", "enhanced_for_statement", "while_statement", "do_statement"],
  tries: ["try_statement", "try_with_resources_statement"],
  returns: ["return_statement"],
  throws: ["throw_statement"],
  catches: { catch_clause: (clause) => clause.descendantsOfType("catch_type")[0] },
  awaits: [],
  yields: [],
  skip: ["modifiers", "type_arguments", "type_parameters", "type_identifier", "scoped_type_identifier", "generic_type", "array_type", "line_comment", "block_comment", "switch_label", "import_declaration", "throws", "dimensions", "catch_type"],
  skipFields: ["type", "type_arguments", "type_parameters"],
  fresh: ["object_creation_expression", "array_creation_expression", "array_initializer", "lambda_expression"],
  blocks: ["block", "constructor_body"],
  imports: ["import_declaration", "package_declaration"],
};
