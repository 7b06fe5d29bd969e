// `commit.template`: what the repository wants to see in every message. Its comments go, its first line gives way to the subject, its
// other lines stay, and the ticket goes where the template asks for it.

const placeholder = /[<{[(]\s*(type|scope|subject|summary|title|description|ticket|issue|jira|short|what)[^\])}>]*[\])}>]|^\s*$/i;

export function applyTemplate(template: string | undefined, subject: string, body: string, ticket: string | undefined): string {
  const plain = body === "" ? subject : `${subject}\n\n${body}`;
  const lines = (template ?? "").split(/\r?\n/).filter((line) => !line.startsWith("#"));
  while (lines.length > 0 && lines.at(-1)!.trim() === "") lines.pop();
  if (lines.length === 0) return plain;
  const first = lines[0]!;
  const rest = (placeholder.test(first) || looksLikeSubject(first) ? lines.slice(1) : lines)
    .map((line) => (ticket !== undefined && /^(ticket|issue|jira|refs?|closes|fixes|related)\s*:\s*(<.*>|\[.*\])?\s*$/i.test(line) ? `${line.replace(/:.*/, ":")} ${ticket}` : line));
  while (rest[0]?.trim() === "") rest.shift();
  return rest.length === 0 ? plain : `${plain}\n\n${rest.join("\n")}`;
}

/** `feat: ...`, `Subject line`: an example of a subject, and no field to fill in or trailer. */
function looksLikeSubject(line: string): boolean {
  return /\.\.\.|…|^\s*(subject|title|summary)\b/i.test(line);
}
