// Stands in for `vscode` where code of the extension runs without an editor and wants nothing of it but sentences. Import it before that code.
import Module from "node:module";

const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
const load = loader._load;
const editor = { l10n: { t: (sentence: string, ...values: unknown[]) => sentence.replaceAll(/\{(\d+)\}/g, (_, n: string) => String(values[Number(n)])) }, commands: {} };

loader._load = (request, ...rest) => request === "vscode" ? editor : load.call(loader, request, ...rest);
