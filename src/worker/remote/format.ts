// The fill-in-the-middle prompt for a model on a server: what is what, and nothing of how its family writes it, which is the server's business.
import type { FimFormat } from "../../core/completion/fim.js";
export type { BoundFormat } from "../../core/completion/fim.js";

export const FIM_ROLES: FimFormat = {
  family: "server",
  layout: ["{files}", "suffix", "{suffix}", "prefix", "{prefix}", "middle"],
  file: ["file", "{path}", "text", "{text}"],
};
