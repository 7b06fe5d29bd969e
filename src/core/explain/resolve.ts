// Which definition of the file a name stands for. Says nothing rather than guess: a method is only found where the type of what it is called on
// is written in the file or plain to see.
import type { Definition, Definitions } from "./definitions.js";
import type { ExplainGrammar } from "./grammars/grammar.js";
import type { Path } from "./paths.js";
import type { Scope } from "./scope.js";

export interface Resolver {
  /** The function or type that a call of this name reaches. */
  find(path: Path, scope: Scope): Definition | undefined;
  line(path: Path, scope: Scope): number | undefined;
  /** Line of a type. */
  type(name: string): number | undefined;
  /** Line of a method of a type. */
  method(name: string, container: string | undefined): number | undefined;
}

export interface ResolveContext {
  grammar: ExplainGrammar;
  definitions: Definitions;
  container: string | undefined;
}

export function createResolver({ grammar, definitions, container }: ResolveContext): Resolver {
  const typeNamed = (name: string) => definitions.named(name).find(({ kind, word }) => kind === "type" && word !== "implementation");
  const isType = (name: string | undefined) => name !== undefined && definitions.named(name).some(({ kind }) => kind === "type");
  const methodOf = (name: string, type: string | undefined) => type === undefined ? undefined
    : definitions.named(name).find((definition) => definition.kind === "function" && definition.container === type && grammar.functions[definition.node.type]?.kind !== "property");

  const find = (path: Path, scope: Scope): Definition | undefined => {
    const { names } = path;
    const name = names.at(-1)!;
    if (names.length === 1) {
      if (path.own) return name === "cls" && container !== undefined ? typeNamed(container) : undefined;
      const functions = definitions.named(name).filter(({ kind, container: of }) => kind === "function" && of === undefined);
      return (scope.find(name) === undefined ? functions.find(({ local }) => !local) : functions.find(({ local }) => local))
        ?? (scope.find(name) === undefined ? typeNamed(name) ?? (grammar.implicitSelf === true ? methodOf(name, container) : undefined) : undefined);
    }
    if (names.length > 3 || names[0] === "" && !path.own) return undefined;
    if (path.own) return names.length === 2 ? methodOf(name, container) : methodOf(name, fieldType(names[1]!, container));
    const [root] = names as [string];
    if (names.length > 2) return undefined;
    if (root === "Self" || root === "self" || root === "static") return methodOf(name, container);
    const local = scope.find(root);
    if (local !== undefined) return methodOf(name, local.type);
    return methodOf(name, isType(root) ? root : fieldType(root, grammar.implicitSelf === true ? container : undefined));
  };
  const fieldType = (name: string, of: string | undefined): string | undefined =>
    definitions.named(name).find((definition) => definition.kind === "variable" && definition.container === of)?.valueType;

  return {
    find,
    line: (path, scope) => find(path, scope)?.line,
    type: (name) => typeNamed(name)?.line,
    method: (name, type) => methodOf(name, type)?.line,
  };
}
