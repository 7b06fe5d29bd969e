// What Explain finds out, as values: no tree, no editor, no wording. Lines count from 1.

/** A name and the lines where it occurs in what is explained. */
export interface Named {
  name: string;
  lines: number[];
}

export interface CallFact extends Named {
  /** Line of the definition in this file. */
  definedAt?: number;
}

export interface ThrowFact extends Named {
  /** The condition of the `if` that it stands in, as written. */
  when?: string;
}

export interface ParameterFact {
  name: string;
  type?: string;
  default?: string;
  optional?: boolean;
  rest?: "positional" | "keyword";
}

/** What a piece of code does beyond its own local variables. */
export interface Effects {
  calls: CallFact[];
  /** Outer variables and own fields. */
  reads: Named[];
  writes: Named[];
  throws: ThrowFact[];
  /** Types, or `everything`. */
  catches: Named[];
  returns: Named[];
  awaits: number;
  yields: number;
  branches: number;
  loops: number;
  /** How deep branches, loops and tries are nested. */
  depth: number;
}

export interface LineRange {
  first: number;
  last: number;
}

export interface Caller {
  /** Empty at the top level of the file. */
  name: string;
  line: number;
}

export interface FunctionFacts {
  subject: "function";
  kind: "function" | "method" | "associated function" | "constructor" | "getter" | "setter" | "property";
  modifiers: ("async" | "generator" | "static")[];
  name: string;
  /** Class, struct or the like that it belongs to. */
  container?: string;
  /** Without its body, on one line. */
  signature: string;
  lines: LineRange;
  parameters: ParameterFact[];
  returnType?: string;
  effects: Effects;
  /** Calls itself. */
  recursive: boolean;
  calledBy: Caller[];
  /** First sentence of its doc comment. */
  doc?: string;
}

export interface MemberFact {
  name: string;
  kind: string;
  line: number;
}

export interface TypeFacts {
  subject: "type";
  /** class, interface, struct, enum, trait, module … */
  kind: string;
  name: string;
  container?: string;
  signature: string;
  lines: LineRange;
  members: MemberFact[];
  usedBy: Caller[];
  doc?: string;
}

/** Statements or an expression: part of a function, or of the file. */
export interface CodeFacts {
  subject: "code";
  kind: "statements" | "expression";
  /** The function that it is in. */
  inside?: string;
  lines: LineRange;
  statements: number;
  /** Names that come from before: variables and parameters of the function around it. */
  uses: Named[];
  /** Those of them that it sets. */
  sets: Named[];
  /** Names that it declares, and the lines after it that need them. */
  declares: { name: string; usedLater: number[] }[];
  effects: Effects;
}

export interface ImportFacts {
  subject: "imports";
  lines: LineRange;
  /** Modules as written. */
  modules: string[];
}

/** A piece of CSS, JSON, YAML or the like: what is set, under which names. */
export interface DataFacts {
  subject: "data";
  /** `css`, `json`, … */
  language: string;
  lines: LineRange;
  /** Keys or selectors of the outermost level, with their lines. */
  entries: { name: string; value?: string; line: number }[];
  depth: number;
}

/** Prose, or code in a language that there is no grammar for. */
export interface TextFacts {
  subject: "text";
  isProse: boolean;
  lines: LineRange;
  words: number;
  headings: { name: string; line: number }[];
  links: number;
}

export type Facts = FunctionFacts | TypeFacts | CodeFacts | ImportFacts | DataFacts | TextFacts;
