// What Explain has to know about a language's syntax tree, as tables of node types and field names. Adding a language adds a table. Where a
// grammar gives a child no field, `#1` stands for the second named child.
import type { Node } from "web-tree-sitter";

export type FunctionKind = "function" | "method" | "constructor" | "property";

/** Where the parts of a function-like node are. Field names; `name`, `parameters` and `body` where nothing else is said. */
export interface FunctionShape {
  kind: FunctionKind;
  name?: string;
  parameters?: string;
  result?: string;
  body?: string;
}

export interface ParameterShape {
  /** Field of the name or pattern; without it the first named child. */
  name?: string;
  type?: string;
  value?: string;
  rest?: "positional" | "keyword";
  optional?: boolean;
}

export interface ExplainGrammar {
  functions: Readonly<Record<string, FunctionShape>>;
  /** Functions without a name of their own. */
  lambdas: Readonly<Record<string, FunctionShape>>;
  /** Parents that give a lambda a name, and the field that it stands in. */
  lambdaNames: Readonly<Record<string, string>>;
  /** Node types of types, and what a person calls them. */
  types: Readonly<Record<string, string>>;
  /** Field of a type's name, where it is not `name`. */
  typeName?: Readonly<Record<string, string>>;
  /** Nodes that only wrap a definition: exports, decorators, declarations of one thing. */
  wrappers: readonly string[];
  /** Variables of the file and fields of types: node type and the field of their name. */
  variables: Readonly<Record<string, string>>;
  parameters: Readonly<Record<string, ParameterShape>>;
  /** Type that a method belongs to where it is not inside of it: the field of Go's receiver. */
  receiver?: string;
  /** Words and node types that stand for the object itself. */
  self: readonly string[];
  /** Fields of the object itself that are written without it, such as Ruby's `@name`. */
  ownNames?: readonly string[];
  /** A bare name may be a field or method of the own type. */
  implicitSelf?: boolean;
  /** A bare name that nothing binds is a call: Ruby's `size`. */
  bareCalls?: boolean;
  /** A capitalized name that is not all capitals is a type or a module. */
  capitalTypes?: boolean;
  /** Node types of names in expressions. */
  names: readonly string[];
  members: Readonly<Record<string, readonly [object: string, property: string]>>;
  /** Node type and field of the object. */
  subscripts: Readonly<Record<string, string>>;
  /** Wrappers that a path looks through: parentheses, `!`, `*`. */
  transparent: readonly string[];
  /** Field of the callee, or the fields of receiver and name. */
  calls: Readonly<Record<string, string | readonly [receiver: string, name: string]>>;
  /** `new T()`: field of the type. */
  creations: Readonly<Record<string, string>>;
  assignments: Readonly<Record<string, string>>;
  /** `x++`: the operand is the only named child or the field. */
  updates: readonly string[];
  /** Nodes that bind names, and the fields of the patterns. */
  bindings: Readonly<Record<string, readonly string[]>>;
  /** Node types of statements that take names out of the function's scope: Python's `global`. */
  outward?: readonly string[];
  /** Inside a pattern: what is a value (defaults), not a name that is bound. */
  patternValues?: readonly string[];
  branches: readonly string[];
  ternaries: readonly string[];
  loops: readonly string[];
  tries: readonly string[];
  returns: readonly string[];
  throws: readonly string[];
  /** Calls that throw, and what that is called; `argument` for the type that is handed in. */
  throwingCalls?: Readonly<Record<string, string>>;
  /** What is written like a call and is none: `nameof(x)`. */
  operators?: readonly string[];
  /** Capitals in patterns and calls are variants and constructors of values: Rust's `Some(x)`. */
  variants?: boolean;
  /** The part of a catch clause that names types. */
  catches: Readonly<Record<string, (clause: Node) => Node | null | undefined>>;
  awaits: readonly string[];
  yields: readonly string[];
  /** Node types that call the block that a method is given. */
  blockCalls?: readonly string[];
  /** Node types that are no code: types, labels, attributes. */
  skip: readonly string[];
  /** Fields that are no code, whatever the node. */
  skipFields: readonly string[];
  /** Values that are made afresh, so that changing them concerns nobody else. */
  fresh: readonly string[];
  /** An array that is handed in is a copy. */
  valueArrays?: boolean;
  /** A variable that is declared without a value holds one of its own. */
  zeroValues?: boolean;
  /** The last expression of a body is its value. */
  implicitReturn?: boolean;
  /** A body of one of these types is statements; any other is the value that is returned. */
  blocks: readonly string[];
  /** Names that are always there and say nothing: `print`, `None`. */
  known?: readonly string[];
  /** Node types of import statements. */
  imports: readonly string[];
}
