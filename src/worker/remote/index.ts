// A model server in the place of the models of this machine, as the rest of the worker sees it.
import type { Connection } from "vscode-languageserver";
import type { ServerOptions } from "../../protocol/server.js";
import type { ModelState } from "../completion.js";
import { type ConversationModels, ModelProblemError } from "../conversation.js";
import type { Engine } from "../engine.js";
import { orAborted } from "../gate.js";
import type { Loading } from "../loading.js";
import { followServer } from "./follow.js";
import { loadRemote, serverAway } from "./loading.js";
import { createTransport } from "./transport.js";

/** Resolves with the first outcome; `onChange` gets the later ones. A server that must not be asked never is. */
export function openServer(server: ServerOptions, connection: Connection, onChange: (outcome: Loading) => void, log: (message: string) => void): Promise<Loading> {
  const transport = createTransport(connection);
  if (server.refused !== undefined) return loadRemote(server, transport, log);
  return followServer(transport, (noticing) => loadRemote(server, noticing, log), (error) => serverAway(server.address, error), onChange);
}

/** The same model serves conversation: which request is first is the server's business. */
export function serverConversation(state: () => ModelState | Promise<ModelState>): ConversationModels {
  const model = async (signal: AbortSignal): Promise<Engine> => {
    const loaded = await orAborted(Promise.resolve(state()), signal);
    if (!loaded.ok) throw new ModelProblemError(loaded.problem);
    return loaded.model.engine;
  };
  return { chatModel: model, backgroundModel: model };
}
