// A pause from suggestions: for a while, or until the window is loaded again. Lives in this window only; whoever asks by key still gets one.
import { commands, Disposable, l10n, type QuickPickItem, window } from "vscode";
import type { Snooze } from "./state.js";

/** How often the time that is left is shown anew. */
const TICK_MS = 15_000;

/** Minutes, or `restart`. */
export type SnoozeLength = number | "restart";

/** `onChange` also hears of the time that passes. Contributes `inkling.snooze`, which asks how long unless it is told, and `inkling.endSnooze`. */
export function registerSnooze(onChange: (snooze: Snooze | undefined) => void): Disposable {
  let timers: NodeJS.Timeout[] = [];
  const clear = (): void => timers.splice(0).forEach(clearTimeout);
  const tell = (snooze: Snooze | undefined): void => {
    onChange(snooze);
    void commands.executeCommand("setContext", "inkling.snoozed", snooze !== undefined);
  };
  const end = (): void => {
    clear();
    tell(undefined);
  };
  const start = (length: SnoozeLength): void => {
    clear();
    const snooze: Snooze = { until: length === "restart" ? length : Date.now() + length * 60_000 };
    if (length !== "restart") timers = [setTimeout(end, length * 60_000), setInterval(onChange, TICK_MS, snooze)];
    tell(snooze);
  };
  return Disposable.from(
    commands.registerCommand("inkling.snooze", async (length?: SnoozeLength) => {
      const chosen = length ?? (await window.showQuickPick(lengths(), { title: l10n.t("Inkling: Snooze"), placeHolder: l10n.t("No suggestions for how long?") }))?.length;
      if (chosen !== undefined) start(chosen);
    }),
    commands.registerCommand("inkling.endSnooze", end),
    { dispose: clear },
  );
}

function lengths(): (QuickPickItem & { length: SnoozeLength })[] {
  return [
    { label: l10n.t("15 minutes"), length: 15 },
    { label: l10n.t("1 hour"), length: 60 },
    { label: l10n.t("Until the window is reloaded"), length: "restart" },
  ];
}

/** The time that is left, in a few characters; undefined when nobody can tell. */
export function timeLeft({ until }: Snooze, now = Date.now()): string | undefined {
  return until === "restart" ? undefined : l10n.t("{0} min", Math.max(1, Math.ceil((until - now) / 60_000)));
}
