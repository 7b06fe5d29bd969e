// LoRA adapters in use: at most one for each role, for the model that it was chosen for. Not a setting, because it means nothing without that model.
import { basename } from "node:path";
import { l10n, type Memento, window } from "vscode";
import { adapterProblem } from "../../models/adapter.js";
import type { Role } from "../../models/catalog.js";

interface Chosen { model: string; adapter: string }

const keyOf = (role: Role): string => `adapter.${role}`;

export interface Adapters {
  /** Of a model in a role. */
  of(role: Role, model: string | undefined): string | undefined;
  /** Says why where the adapter does not belong to the model; undefined takes the adapter away. */
  use(adapter: string | undefined, role: Role, model: string): Promise<void>;
}

/** `onChange` lets the model be loaded anew. */
export function adaptersIn(memento: Memento, onChange: () => void): Adapters {
  return {
    of(role, model) {
      const chosen = memento.get<Chosen>(keyOf(role));
      return chosen !== undefined && chosen.model === model ? chosen.adapter : undefined;
    },
    async use(adapter, role, model) {
      const problem = adapter === undefined ? undefined : problemOf(adapter, model);
      if (problem !== undefined) return void window.showErrorMessage(l10n.t("{0} cannot be used with {1}: {2}.", basename(adapter!), basename(model), problem));
      await memento.update(keyOf(role), adapter === undefined ? undefined : { model, adapter } satisfies Chosen);
      onChange();
    },
  };
}

function problemOf(adapter: string, model: string): string | undefined {
  try {
    return adapterProblem(adapter, model);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
