// What each message of the panel makes happen. Everything here follows a person's hand, never what a model wrote.
import { commands, env, Uri } from "vscode";
import { type FromPanel, panelCommands } from "../../protocol/panel.js";
import type { Attachments } from "./attachments.js";
import type { Code } from "./code.js";
import { fileMention, findMentions } from "./context.js";
import type { Session } from "./session.js";
import type { View } from "./view.js";

export interface PanelDeps {
  session: Session;
  attachments: Attachments;
  code: Code;
  view: View;
}

export async function perform(message: FromPanel, { session, attachments, code, view }: PanelDeps): Promise<void> {
  switch (message.type) {
    case "ready": session.shown(); return;
    case "send": return session.send(message.text);
    case "stop": session.stop(); return;
    case "retry": return session.retry(message.turn);
    case "resend": return session.resend(message.turn, message.text);
    case "open": session.open(message.conversation); return;
    case "draft": return session.measure(message.text);
    case "attach": return attachments.add(message.mention);
    case "detach": attachments.remove(message.id); return;
    case "drop": return attachAll(attachments, message.uris);
    case "find": view.post({ type: "mentions", query: message.query, mentions: await findMentions(message.query) }); return;
    case "copy": return code.copy(message.text);
    case "insert": return code.insert(message.text);
    case "apply": return code.apply(message.text);
    case "link": return openLink(message.url);
    case "run": return run(message.command);
  }
}

async function attachAll(attachments: Attachments, uris: readonly string[]): Promise<void> {
  for (const uri of uris) await attachments.add(fileMention(Uri.parse(uri)));
}

/** The editor asks the person before it opens an address it does not know. */
async function openLink(url: string): Promise<void> {
  const uri = Uri.parse(url, true);
  if (uri.scheme === "http" || uri.scheme === "https") await env.openExternal(uri);
}

async function run(command: string): Promise<void> {
  if (!panelCommands.some((allowed) => allowed === command)) return;
  await commands.executeCommand(command);
}
