// Gathers what the walk over a piece of code finds: each name once, with the lines where it occurs.
import type { Node } from "web-tree-sitter";
import type { CallFact, Effects, Named, ThrowFact } from "./facts.js";
import { lineOf, oneLine } from "./nodes.js";

export interface EffectsRecord {
  readonly effects: Effects;
  call(name: string, at: Node, definedAt: number | undefined): void;
  read(name: string, at: Node): void;
  write(name: string, at: Node): void;
  throws(name: string, at: Node, when?: string): void;
  catches(name: string, at: Node): void;
  returns(text: string, at: Node): void;
}

export function createRecord(): EffectsRecord {
  const effects: Effects = {
    calls: [], reads: [], writes: [], throws: [], catches: [], returns: [], awaits: 0, yields: 0, branches: 0, loops: 0, depth: 0,
  };
  const adder = <T extends Named>(list: T[]) => {
    const byName = new Map<string, T>();
    return (item: T): void => {
      const known = byName.get(item.name);
      if (known === undefined) {
        byName.set(item.name, item);
        list.push(item);
      } else known.lines = [...new Set([...known.lines, ...item.lines])];
    };
  };
  const [calls, reads, writes, throws, catches, returns] = [
    adder<CallFact>(effects.calls), adder(effects.reads), adder(effects.writes), adder<ThrowFact>(effects.throws), adder(effects.catches), adder(effects.returns),
  ];
  const named = (name: string, at: Node): Named => ({ name, lines: [lineOf(at)] });
  return {
    effects,
    call: (name, at, definedAt) => calls({ ...named(name, at), ...definedAt !== undefined && { definedAt } }),
    read: (name, at) => reads(named(name, at)),
    write: (name, at) => writes(named(name, at)),
    throws: (name, at, when) => throws({ ...named(name, at), ...when !== undefined && { when } }),
    catches: (name, at) => catches(named(name, at)),
    returns: (text, at) => returns(named(oneLine(text), at)),
  };
}
