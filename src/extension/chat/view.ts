// The panel's webview: its page, which loads nothing but our own script and styles, and the messages to and from it. Knows nothing of
// what they mean.
import { randomBytes } from "node:crypto";
import { env, Uri, type Webview, type WebviewView, window } from "vscode";
import type { FromPanel, ToPanel } from "../../protocol/panel.js";
import { panelWords } from "./strings.js";

const VIEW = "inkling.chat";

export interface View {
  /** Nobody listens while the panel is hidden; when it is shown again it says `ready`. */
  post(message: ToPanel): void;
  dispose(): void;
}

export function registerView(extensionUri: Uri, receive: (message: FromPanel) => void): View {
  let current: WebviewView | undefined;
  const root = Uri.joinPath(extensionUri, "dist", "webview");
  const registered = window.registerWebviewViewProvider(VIEW, {
    resolveWebviewView(view) {
      current = view;
      view.webview.options = { enableScripts: true, localResourceRoots: [root] };
      view.webview.html = page(view.webview, root);
      view.webview.onDidReceiveMessage(receive);
      view.onDidDispose(() => { if (current === view) current = undefined; });
    },
  });
  return {
    post: (message) => void current?.webview.postMessage(message),
    dispose: () => { registered.dispose(); },
  };
}

function page(webview: Webview, root: Uri): string {
  const nonce = randomBytes(16).toString("base64url");
  const address = (name: string): string => webview.asWebviewUri(Uri.joinPath(root, name)).toString();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}; font-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="${env.language}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${address("codicon.css")}">
  <link rel="stylesheet" href="${address("chat-style.css")}">
  <title>Inkling</title>
</head>
<body>
  <script id="strings" type="application/json" nonce="${nonce}">${JSON.stringify(panelWords()).replaceAll("<", "\\u003c")}</script>
  <script src="${address("chat.js")}" nonce="${nonce}"></script>
</body>
</html>`;
}
