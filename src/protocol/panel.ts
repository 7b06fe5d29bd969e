// What the chat panel (a page in a webview) and the extension tell each other. Plain data: the panel draws what it is told and reports
// what a person did; conversations, files and the model are the extension's business.

export type ToPanel =
  | { type: "state"; state: PanelState }
  /** More of a turn's answer. */
  | { type: "text"; turn: string; text: string }
  /** The answer of a turn is in another state; its text is as it was. */
  | { type: "answer"; turn: string; state: AnswerState }
  | { type: "meter"; meter: Meter | undefined }
  | { type: "mentions"; query: string; mentions: readonly Mention[] }
  /** Puts the keyboard into the input, with this text if there is one. */
  | { type: "focus"; text?: string };

export type FromPanel =
  | { type: "ready" }
  | { type: "send"; text: string }
  | { type: "stop" }
  | { type: "retry"; turn: string }
  /** Asks again with other words, in place of the turn and all that followed it. */
  | { type: "resend"; turn: string; text: string }
  | { type: "open"; conversation: string }
  | { type: "attach"; mention: Mention }
  | { type: "detach"; id: string }
  /** Files dropped on the panel, as URIs. */
  | { type: "drop"; uris: readonly string[] }
  | { type: "find"; query: string }
  /** What stands in the input, for the meter. */
  | { type: "draft"; text: string }
  | { type: "copy"; text: string }
  | { type: "insert"; text: string }
  | { type: "apply"; text: string }
  | { type: "link"; url: string }
  | { type: "run"; command: PanelCommand };

/** The only commands that the panel can run, and only by a click. */
export const panelCommands = [
  "inkling.explainSelection", "inkling.documentSelection", "inkling.commit.write", "inkling.chat.chooseModel", "inkling.chat.new",
  "inkling.chat.history", "inkling.restart", "inkling.showLog",
] as const;
export type PanelCommand = (typeof panelCommands)[number];

export interface PanelState {
  conversation: string;
  turns: readonly TurnView[];
  /** What will go with the next question. */
  attachments: readonly FactView[];
  model: ModelView;
  meter: Meter | undefined;
  /** Other conversations, the latest first; a few. */
  recent: readonly { id: string; title: string }[];
}

export interface TurnView {
  id: string;
  question: string;
  facts: readonly FactView[];
  answer: { text: string; state: AnswerState; model: string };
  /** Begun by a command such as Explain Selection, so there are no words of the person's to change. */
  title?: string;
}

/** Something that is shown to the model beside the question. */
export interface FactView {
  id: string;
  kind: FactKind;
  label: string;
  /** More about it, in words. */
  detail?: string;
  /** Undefined while it is not known. */
  tokens?: number;
}

export type FactKind = "file" | "selection" | "problems" | "facts";

export type AnswerState =
  /** The model reads; `share` of it is done, 0 to 1. */
  | { kind: "waiting"; share: number | undefined }
  | { kind: "writing" }
  | { kind: "done"; note?: string; remedy?: Remedy }
  | { kind: "stopped" }
  | { kind: "failed"; message: string; remedy: Remedy };

/** What the button beside a failure or a note does. */
export type Remedy = "retry" | "new" | "model";

export type ModelView =
  | { kind: "unknown" }                      // not asked yet
  | { kind: "chat"; name: string }
  | { kind: "completion"; name: string }     // completes code, and was not trained to converse
  | { kind: "problem"; name: string; message: string };

/** What the next question would take of the model's window, in tokens. */
export interface Meter {
  used: number;
  window: number;
  /** Kept free for the answer; part of `used`. */
  answer: number;
  /** Earlier questions that would be left out. */
  leftOut: number;
}

/** Something that can be attached: what stands behind an @. */
export interface Mention {
  kind: Exclude<FactKind, "facts">;
  label: string;
  detail: string;
  /** For a file. */
  uri?: string;
}

/** The panel's words, in the person's language. `{0}` stands for a value. */
export type PanelStrings = Readonly<Record<PanelString, string>>;
export type PanelString = (typeof panelStrings)[number];
export const panelStrings = [
  "inputLabel", "inputHint", "inputHintCompletion", "send", "stop", "attach", "chooseModel", "modelUnknown", "copy", "copied", "insert", "apply",
  "retry", "edit", "cancel", "resend", "remove", "newConversation", "you", "waiting", "reading", "stopped", "meter", "meterFull", "meterLeftOut",
  "tokens", "emptyTitle", "emptyChat", "emptyCompletion", "emptyUnknown", "emptyHint", "canDo", "cannotDo", "explain", "document", "commitMessage",
  "getModel", "otherModel", "recent", "thinking", "code", "conversation", "mentions", "noMentions", "dropHere", "copyAnswer",
] as const;
