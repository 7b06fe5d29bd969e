// The text in an input box while a message is written into it. The person's own words come first: what was there can be brought back, and
// as soon as somebody types, nothing is written any more. Knows nothing of VS Code.

export interface Box { value: string }

export interface Draft {
  /** What was there before. */
  readonly before: string;
  /** False when the person has typed since; the text is then theirs, and stays. */
  write(text: string): boolean;
  /** Brings back what was there before, unless the person has typed since. */
  restore(): boolean;
}

export function openDraft(box: Box): Draft {
  const before = box.value;
  let ours = before;
  const isOurs = (): boolean => sameText(box.value, ours);
  const put = (text: string): boolean => {
    if (!isOurs()) return false;
    box.value = text;
    ours = text;
    return true;
  };
  return { before, write: put, restore: () => put(before) };
}

/** An editor may write line ends in its own way. */
function sameText(a: string, b: string): boolean {
  return a === b || a.replaceAll("\r\n", "\n") === b.replaceAll("\r\n", "\n");
}
