// What the rest of the extension sees of the chat.
export { type Chat, registerChat, type ShownTurn } from "./chat.js";
