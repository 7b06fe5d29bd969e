// A sentence from a name, for when there is nobody to write a better one: `findSession` becomes "Finds the session." or "Find the session."
import type { FunctionFacts, TypeFacts } from "../facts.js";
import type { DocStyle } from "./styles.js";

export function sentenceFor(facts: FunctionFacts | TypeFacts, { mood }: Pick<DocStyle, "mood">): string {
  const words = wordsIn(facts.name.replace(/Async$/, ""));
  const said = facts.subject === "type" ? capital(withArticle(words.join(" "))) : functionPhrase(facts, words, mood);
  if (mood !== "named") return `${said}.`;
  return facts.subject === "type" ? `${facts.name} is ${lower(said)}.` : `${facts.name} ${lower(said)}.`;
}

function functionPhrase(facts: FunctionFacts, words: readonly string[], mood: DocStyle["mood"]): string {
  const [first = "", ...rest] = words;
  const say = (verb: string, object = ""): string => capital(`${mood === "imperative" ? verb : thirdPerson(verb)}${object === "" ? "" : ` ${object}`}`);
  if (facts.kind === "constructor") return say("create", withArticle(facts.container ?? "object"));
  if (facts.kind === "getter" || facts.kind === "property") return `The ${words.join(" ")}`;
  if (/^(is|has|needs|contains|equals|starts|ends)$/.test(first)) return say("tell", `whether it ${words.join(" ")}`);
  if (/^(can|should|will|must)$/.test(first)) return say("tell", `whether it ${words.join(" ")}`);
  if (/^(on|when|before|after)$/.test(first)) return say("handle", rest.join(" "));
  if (first === "to" || first === "as") return say("convert", `it to ${rest.join(" ")}`);
  if (first === "new") return say("create", withArticle(rest.join(" ") || facts.container || "value"));
  if (first === "from" || first === "with") return say("create", `${withArticle(facts.container ?? "value")} ${words.join(" ")}`);
  if (verbs.has(first)) return say(first, rest.length === 0 ? objectOf(facts) : definite(rest));
  if (facts.modifiers.includes("generator")) return say("yield", `the ${words.join(" ")}`);
  return facts.returnType === undefined && facts.effects.returns.length === 0 || /^(void|None)$/.test(facts.returnType ?? "") ? say("do", `the ${words.join(" ")}`) : say("return", `the ${words.join(" ")}`);
}

/** What a verb that stands alone is about: the first thing that is handed in, or the object itself. */
function objectOf({ parameters, container }: FunctionFacts): string {
  const first = parameters.find(({ name }) => /^\$?[a-z_]\w+$/i.test(name) && !/^(ctx|context|token|signal|options|opts|args|kwargs)$/.test(name));
  if (first !== undefined) return `\`${first.name}\``;
  return container === undefined ? "" : `the ${wordsIn(container).join(" ")}`;
}

function definite(words: readonly string[]): string {
  return /^(from|to|for|while|by|with|in|on|up|down|all|if|and|or|as|at|into|out|off|until|when|it|any|each|every|only)$/.test(words[0]!) ? words.join(" ") : `the ${words.join(" ")}`;
}

/** What names of functions begin with where they say what is done. */
const verbs = new Set((
  "abort accept acquire activate adapt add adjust advance align allocate allow analyze append apply approve archive ask assemble assert assign attach attempt "
  + "authenticate authorize await begin bind boot bring broadcast build cache calculate call cancel capture cast change check choose clamp classify clean clear click clip "
  + "clone close coerce collapse collect combine commit compare compile complete compose compress compute concat configure confirm connect consume continue convert copy count "
  + "create crop cut deactivate debounce debug decide declare decode decompress decrease decrement decrypt define delay delete deliver describe deserialize destroy detach "
  + "detect determine disable discard disconnect dispatch display dispose divide do download draw drop dump edit emit enable encode encrypt end enqueue ensure enter erase "
  + "escape estimate evaluate evict examine exchange execute exit expand expect expire explain export extend extract fail fetch fill filter find finish fire fit fix flatten flip "
  + "flush focus fold follow force forget fork format forward free freeze gather generate get give go grant group grow guess handle hash hide highlight hit hold identify ignore import "
  + "increase increment indent infer init initialize inject insert inspect install instantiate intercept interpolate intersect invalidate invoke iterate join jump keep kill "
  + "launch learn leave lex limit link list listen load locate lock log login logout look lookup lower make map mark match measure merge migrate mock modify monitor mount move multiply "
  + "navigate negate normalize notify observe open order pack pad paint parse pass paste patch pause peek perform persist pick ping plan play poll pop populate post predict prefetch prepare "
  + "prepend press prevent print process produce promote provide prune publish pull purge push put query queue quit quote raise read rebuild receive recompute reconnect record recover redirect redo "
  + "reduce refresh register reject release reload remove rename render reopen repair repeat replace replay reply report request require reserve reset resize resolve respond restart restore resume retain "
  + "retrieve retry return reverse revert revoke rewrite roll rotate round route run sample sanitize save scale scan schedule scroll seal search seek select send serialize serve set setup shift ship show "
  + "shuffle shut shutdown sign simplify skip sleep slice solve sort spawn split squash stage start stop store stream strip submit subscribe subtract suggest sum summarize swap sweep switch sync "
  + "synchronize take tell terminate test throttle throw toggle tokenize touch trace track train transfer transform translate transpile traverse trigger trim truncate try tune undo unlink unlock unmount unpack "
  + "unregister unsubscribe unwrap update upgrade upload use validate verify visit wait walk warm warn watch wrap write yield zip zoom work"
).split(" "));

export function thirdPerson(verb: string): string {
  if (/(s|x|z|ch|sh|o)$/.test(verb)) return `${verb}es`;
  return /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ies` : `${verb}s`;
}

/** `parseHTTPHeader`, `parse_http_header` and `parse-http-header` are three words. */
export function wordsIn(name: string): string[] {
  return name.replace(/[^\p{L}\p{N}]+/gu, " ").replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2").replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, "$1 $2")
    .trim().split(/\s+/).map((word) => /^\p{Lu}{2,}$/u.test(word) ? word : word.toLowerCase()).filter((word) => word !== "");
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const withArticle = (text: string): string => `${/^[aeiou]/i.test(text) ? "an" : "a"} ${text}`;
