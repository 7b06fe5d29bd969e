// The first minutes with Inkling: opens the walkthrough once, where it is in nobody's way, and an example to try things in.
import { commands, Disposable, type ExtensionContext, ExtensionMode, Position, Selection, window, workspace } from "vscode";

const OPENED = "inkling.walkthroughOpened";
const WALKTHROUGH = "inkling.inkling#welcome";
/** Whoever opened VS Code to work has a file open by then. */
const QUIET_MS = 3000;

export function registerFirstRun(context: ExtensionContext): Disposable {
  const timer = setTimeout(() => void openOnce(context), QUIET_MS);
  return Disposable.from(
    { dispose: () => clearTimeout(timer) },
    commands.registerCommand("inkling.openWalkthrough", () => commands.executeCommand("workbench.action.openWalkthrough", WALKTHROUGH, false)),
    commands.registerCommand("inkling.tryExample", tryExample),
  );
}

/** Tells the walkthrough that its first step is done. */
export function noteAccepted(): void {
  void commands.executeCommand("setContext", "inkling.accepted", true);
}

/** Only into an empty window, and not where somebody wants no such pages. In all other windows the palette and the marketplace's page have it. */
async function openOnce(context: ExtensionContext): Promise<void> {
  const config = workspace.getConfiguration("workbench");
  const isWelcome = config.get("startupEditor") !== "none" && config.get("welcomePage.walkthroughs.openOnInstall") !== false;
  if (context.extensionMode === ExtensionMode.Test || context.globalState.get(OPENED) === true || !isWelcome) return;
  if (window.visibleTextEditors.length > 0 || window.tabGroups.all.some(({ tabs }) => tabs.length > 1)) return;
  await context.globalState.update(OPENED, true);
  await commands.executeCommand("inkling.openWalkthrough");
}

const EXAMPLE = `// Type at the cursor and watch for grey text; Tab takes it.

class Vector {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }

  plus(other) {
    return new Vector(this.x + other.x, this.y + other.y);
  }

  minus(other) {
    
  }
}
`;

async function tryExample(): Promise<void> {
  const document = await workspace.openTextDocument({ language: "javascript", content: EXAMPLE });
  const line = EXAMPLE.split("\n").findIndex((text) => /^ +$/.test(text));
  const place = new Position(line, document.lineAt(line).text.length);
  await window.showTextDocument(document, { selection: new Selection(place, place) }); // shown there at once: somebody may be typing already
}
