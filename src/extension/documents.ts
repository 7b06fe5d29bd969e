// Which documents Inkling looks at: files, unsaved files and notebook cells of every language. Nothing that is only output, such as
// our own log; sending that to the worker would log that we sent it.

export const documentSelector = [{ scheme: "file" }, { scheme: "untitled" }, { scheme: "vscode-notebook-cell" }];

export function isCompletable(uri: { readonly scheme: string }): boolean {
  return documentSelector.some(({ scheme }) => scheme === uri.scheme);
}
