// The name of a language as people know it. VS Code has no call for it; the extensions that bring languages say it in their manifests.
import { extensions } from "vscode";

interface LanguageContribution {
  id: string;
  aliases?: string[];
}

/** For instance `TypeScript` for `typescript`; the id where nobody has a better name. */
export function languageName(id: string): string {
  for (const { packageJSON } of extensions.all) {
    const { contributes } = packageJSON as { contributes?: { languages?: LanguageContribution[] } };
    const name = contributes?.languages?.find((language) => language.id === id)?.aliases?.[0];
    if (name !== undefined) return name;
  }
  return id;
}
