// Lets a person choose the model file. What becomes of the choice is the setting's business: whoever follows it restarts the worker.
import { l10n, Uri, window } from "vscode";
import { chosenModelFile, setModelFile } from "./settings.js";

export async function chooseModelFile(): Promise<void> {
  const current = chosenModelFile();
  const picked = await window.showOpenDialog({
    title: l10n.t("Choose a Model File"),
    openLabel: l10n.t("Use This Model"),
    filters: { [l10n.t("Model files")]: ["gguf"] },
    ...(current !== undefined && { defaultUri: Uri.file(current) }),
  });
  if (picked?.[0]) await setModelFile(picked[0].fsPath);
}
