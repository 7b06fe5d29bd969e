// What a doc comment says below its first sentence, from the facts: parameters, result, errors, in the tags of the language.
import type { FunctionFacts, ParameterFact, ThrowFact } from "../facts.js";
import type { DocStyle } from "./styles.js";

/** Lines without comment signs; empty where there is nothing worth a tag. */
export function tagLines(facts: FunctionFacts, tags: DocStyle["tags"]): string[] {
  switch (tags) {
    case "jsdoc": return atTags(facts, { returns: "@returns", name: ({ name }) => name, dash: " - ", throws: "@throws" });
    case "javadoc": return atTags(facts, { returns: "@return", name: ({ name }) => name, dash: " ", throws: "@throws" });
    case "phpdoc": return atTags(facts, { returns: "@return", name: ({ name, type }) => `${type ?? "mixed"} $${name.replace(/^\$/, "")}`, dash: " ", throws: "@throws" });
    case "yard": return atTags(facts, { returns: "@return", name: ({ name }) => name, dash: " ", throws: "@raise" });
    case "xml": return xmlTags(facts);
    case "google": return googleSections(facts);
    case "rust": return rustSections(facts);
    case "none": return [];
  }
}

interface AtTags {
  returns: string;
  throws: string;
  name: (parameter: ParameterFact) => string;
  dash: string;
}

function atTags(facts: FunctionFacts, { returns, throws, name, dash }: AtTags): string[] {
  const result = resultOf(facts);
  return [
    ...named(facts).map((parameter) => `@param ${name(parameter)}${withDash(aboutParameter(parameter), dash)}`),
    ...result === undefined ? [] : [`${returns} ${result}`],
    ...errorsOf(facts).map((error) => `${throws} ${error.name}${withDash(whenOf(error), " ")}`),
  ];
}

function xmlTags(facts: FunctionFacts): string[] {
  const result = resultOf(facts);
  return [
    ...named(facts).map((parameter) => `<param name="${parameter.name}">${escaped(aboutParameter(parameter) ?? "")}</param>`),
    ...result === undefined ? [] : [`<returns>${escaped(result)}</returns>`],
    ...errorsOf(facts).map((error) => `<exception cref="${error.name}">${escaped(whenOf(error) ?? "")}</exception>`),
  ];
}

function googleSections(facts: FunctionFacts): string[] {
  const result = resultOf(facts);
  const sections: string[][] = [
    ["Args:", ...named(facts).map((parameter) => `    ${parameter.rest === "keyword" ? "**" : parameter.rest === "positional" ? "*" : ""}${parameter.name}:${withDash(aboutParameter(parameter), " ")}`)],
    [facts.modifiers.includes("generator") ? "Yields:" : "Returns:", ...result === undefined ? [] : [`    ${result}`]],
    ["Raises:", ...errorsOf(facts).map((error) => `    ${error.name}:${withDash(whenOf(error), " ")}`)],
  ];
  return sections.filter((section) => section.length > 1).flatMap((section, i) => i === 0 ? section : ["", ...section]);
}

function rustSections(facts: FunctionFacts): string[] {
  const panics = facts.effects.throws.filter(({ name }) => name.endsWith("!"));
  const errors = facts.effects.returns.filter(({ name }) => name.startsWith("Err("));
  return [
    ...errors.length === 0 && !facts.effects.throws.some(({ name }) => name === "?") ? [] : ["# Errors", "",
      errors.length === 0 ? "Passes on what goes wrong in what it calls." : `Returns ${errors.map(({ name }) => `\`${name}\``).join(", ")}.`],
    ...panics.length === 0 ? [] : ["# Panics", "", panics[0]!.when === undefined ? "Panics when it cannot go on." : `Panics if \`${panics[0]!.when}\`.`],
  ];
}

/** A pattern has no name that a tag could use. */
function named({ parameters }: FunctionFacts): ParameterFact[] {
  return parameters.filter(({ name }) => /^[$@&*]?[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && name !== "_");
}

function aboutParameter({ default: value, optional, rest }: ParameterFact): string | undefined {
  if (value !== undefined) return `Default: \`${value}\`.`;
  if (optional === true) return "Optional.";
  return rest === undefined ? undefined : rest === "keyword" ? "Further options." : "Any number of them.";
}

function resultOf({ returnType, effects, modifiers, kind }: FunctionFacts): string | undefined {
  if (kind === "constructor" || /^(void|None|\(\)|Promise<void>|Task|undefined)$/.test(returnType ?? "")) return undefined;
  if (modifiers.includes("generator")) return returnType === undefined ? "One result at a time." : `\`${returnType}\``;
  const values = effects.returns.map(({ name }) => name).filter((name) => name.length <= 40);
  if (effects.returns.length > 0 && effects.returns.length <= 3 && values.length === effects.returns.length) return values.map((value) => `\`${value}\``).join(" or ");
  return returnType === undefined ? undefined : `\`${returnType}\``;
}

function errorsOf({ effects }: FunctionFacts): ThrowFact[] {
  return effects.throws.filter(({ name }) => /^[A-Z][\w.:\\]*$/.test(name));
}

function whenOf({ when }: ThrowFact): string | undefined {
  return when === undefined ? undefined : `If \`${when}\`.`;
}

const withDash = (text: string | undefined, dash: string): string => text === undefined ? "" : `${dash}${text}`;
const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/`([^`]*)`/g, "<c>$1</c>");
