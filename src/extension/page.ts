// Read-only pages of Inkling's own, such as the statistics: plain HTML in VS Code's colours, without scripts. The only thing that a page can do
// is to run the commands that it was opened with.
import { env, Uri, ViewColumn, type WebviewOptions, type WebviewPanel, window } from "vscode";

export interface Page {
  /** One panel per kind: a newer page takes the place of the older one. */
  kind: string;
  title: string;
  /** HTML, everything that is not ours escaped. */
  body: string;
  /** What its links may run. */
  commands: readonly string[];
}

export interface Pages {
  /** Opens it beside nothing: in the active column, or where it is already. */
  show(page: Page): void;
  /** Into a panel that is somebody else's, such as that of a file. */
  fill(panel: WebviewPanel, page: Page): void;
  /** Only if it is open. */
  refresh(page: Page): void;
  dispose(): void;
}

export function createPages(extensionUri: Uri): Pages {
  const panels = new Map<string, WebviewPanel>();
  const media = Uri.joinPath(extensionUri, "media");
  const fill = (panel: WebviewPanel, { title, body }: Page): void => {
    panel.title = title;
    const style = panel.webview.asWebviewUri(Uri.joinPath(media, "page.css"));
    panel.webview.html = `<!DOCTYPE html><html lang="${env.language}"><head><meta charset="utf-8"><title>${escape(title)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${panel.webview.cspSource}">
<link rel="stylesheet" href="${style.toString()}"></head><body><main>${body}</main></body></html>`;
  };
  const options = ({ commands }: Page): WebviewOptions => ({ enableCommandUris: commands, localResourceRoots: [media] });
  const open = (page: Page): WebviewPanel => {
    const { kind, title } = page;
    const panel = window.createWebviewPanel(`inkling.${kind}`, title, ViewColumn.Active, options(page));
    panel.iconPath = Uri.joinPath(media, "icon.png");
    panels.set(kind, panel);
    panel.onDidDispose(() => panels.delete(kind));
    return panel;
  };
  return {
    show(page) {
      const panel = panels.get(page.kind) ?? open(page);
      fill(panel, page);
      panel.reveal();
    },
    fill(panel, page) {
      panel.webview.options = options(page);
      fill(panel, page);
    },
    refresh(page) {
      const panel = panels.get(page.kind);
      if (panel) fill(panel, page);
    },
    dispose: () => [...panels.values()].forEach((panel) => void panel.dispose()),
  };
}

export function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** A table without borders; the cells are HTML. */
export function table(rows: readonly (readonly string[])[], head?: readonly string[], kind?: "facts" | "numbers"): string {
  const cells = (tag: "td" | "th", row: readonly string[]): string => `<tr>${row.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`;
  return `<table${kind === undefined ? "" : ` class="${kind}"`}>${head ? `<thead>${cells("th", head)}</thead>` : ""}<tbody>${rows.map((row) => cells("td", row)).join("")}</tbody></table>`;
}

/** A bar as long as its share, 0 to 1. Drawn, because a page without inline styles cannot set a width. */
export function bar(share: number): string {
  const width = Math.max(0, Math.min(1, share)) * 100;
  return `<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="1"/><rect class="part" width="${width.toFixed(1)}" height="1"/></svg>`;
}

/** A link that looks like a button; the first one of a page is the primary one. */
export function button(title: string, command: string, args?: readonly unknown[]): string {
  const query = args === undefined ? "" : `?${encodeURIComponent(JSON.stringify(args))}`;
  return `<a class="button" role="button" href="command:${command}${query}">${escape(title)}</a>`;
}
