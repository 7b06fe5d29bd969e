// The form of the verb that subjects begin with, and the language that they are in.

export type Tense = "imperative" | "past" | "present" | "gerund";
export type LanguageCode = "en" | "de" | "fr" | "es" | "pt" | "zh" | "ja" | "ru";

const irregular: Readonly<Record<string, readonly [past: string, present: string, gerund: string]>> = {
  make: ["made", "makes", "making"], set: ["set", "sets", "setting"], say: ["said", "says", "saying"],
};

/** `add` in the tense of the history. */
export function conjugate(verb: string, tense: Tense): string {
  if (tense === "imperative") return verb;
  const known = irregular[verb];
  if (known) return known[{ past: 0, present: 1, gerund: 2 }[tense]]!;
  if (tense === "present") return /(s|x|ch|sh|z)$/.test(verb) ? `${verb}es` : /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ies` : `${verb}s`;
  const stem = /^(log|drop|stop|bump|run|trim|wrap|strip|skip|swap)$/.test(verb) && !/bump/.test(verb) ? verb + verb.at(-1)! : verb.endsWith("e") ? verb.slice(0, -1) : verb;
  if (tense === "gerund") return `${stem}ing`;
  return /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ied` : `${stem}ed`;
}

/** By the endings of the first words, which are verbs where somebody has a habit. */
export function tenseOf(descriptions: readonly string[]): Tense {
  const first = descriptions.map((text) => /^[A-Za-z]+/.exec(text)?.[0].toLowerCase() ?? "");
  const count = (pattern: RegExp): number => first.filter((word) => pattern.test(word)).length;
  const past = count(/^(?!(?:embed|feed|seed|speed|need|shed)$)\w+ed$|^(made|ran|wrote|rewrote|began|built|rebuilt)$/);
  const present = count(/^(adds|fixes|removes|updates|changes|makes|uses|moves|renames|implements|allows|handles|improves|refactors|bumps|sets|creates|replaces|adjusts|corrects|prevents|ensures|supports|drops|cleans|introduces|extracts|avoids|returns|converts|enables|disables)$/);
  const gerund = count(/^(?!(?:string|bring|ping|ring|spring|thing|king|sling)$)\w{2,}ing$/);
  const most = Math.max(past, present, gerund);
  if (most < descriptions.length * 0.5) return "imperative";
  return most === past ? "past" : most === present ? "present" : "gerund";
}

const marks: Readonly<Record<Exclude<LanguageCode, "en">, RegExp>> = {
  zh: /\p{Script=Han}/u,
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
  ru: /\p{Script=Cyrillic}/u,
  de: /\b(und|für|nicht|bei|mit|von|der|die|das|des|ein|eine|einer|hinzugefügt|hinzufügen|entfernt|entfernen|behoben|beheben|korrigiert|korrigieren|geändert|ändern|umbenannt|umbenennen|verschoben|aktualisiert|aktualisieren|wenn|auf|aus|ist|zu|zur|zum|im)\b|[äöüß]/i,
  fr: /\b(le|la|les|des|du|une|pour|dans|avec|sur|et|au|aux|ajout|ajoute|ajouter|corrige|corriger|correction|supprime|supprimer|suppression|mise|jour|renomme|déplace)\b|[àâçèêîôûœ]/i,
  es: /\b(el|los|las|del|una|para|con|por|y|en|añade|añadir|agrega|agregar|corrige|corregir|elimina|eliminar|actualiza|actualizar|mueve|renombra|arregla|cambia)\b|[ñ¿¡]/i,
  pt: /\b(o|os|as|do|da|dos|das|uma|para|com|por|e|em|no|na|adiciona|adicionar|corrige|corrigir|remove|atualiza|atualizar|ajusta|altera)\b|[ãõç]/i,
};

export function languageOfSubjects(descriptions: readonly string[]): LanguageCode {
  const least = descriptions.length * 0.5;
  const count = (code: keyof typeof marks): number => descriptions.filter((text) => marks[code].test(text)).length;
  if (count("ja") >= least * 0.6) return "ja";
  if (count("zh") >= least) return "zh";
  if (count("ru") >= least) return "ru";
  const ranked = (["de", "fr", "es", "pt"] as const).map((code) => [code, count(code)] as const).sort((a, b) => b[1] - a[1]);
  const [code, found] = ranked[0]!;
  return found > least ? code : "en";
}
