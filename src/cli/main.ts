// The command line: a table of subcommands. Each prints its own output and returns the exit code; errors are told here.
import { UsageError } from "./usage.js";

interface Command {
  summary: string;
  /** Loaded when it is called, so that no command pays for the others. */
  load(): Promise<{ run: (args: string[]) => Promise<number>; usage: string }>;
}

const commands: Record<string, Command> = {
  bench: { summary: "measures how fast the completions are", load: () => import("./bench/index.js") },
  commit: { summary: "prints a message for what would be committed", load: () => import("./commit.js") },
  complete: { summary: "prints the completion at a place in a file", load: () => import("./complete.js") },
  explain: { summary: "says what some lines of a file do", load: () => import("./explain.js") },
  eval: { summary: "measures how good the completions are", load: () => import("./eval/index.js") },
  lsp: { summary: "runs the language server for other editors", load: () => import("./lsp.js") },
  models: { summary: "lists, gets and checks models", load: () => import("./models/index.js") },
};

const help = `Usage: inkling COMMAND ...

${Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`).join("\n")}

\`inkling COMMAND --help\` says more. Exit codes: 0 done, 1 failed, 2 called wrongly.`;

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === "--help" || name === "-h") {
    console.log(help);
    return name === undefined ? 2 : 0;
  }
  const command = commands[name];
  if (!command) {
    console.error(`inkling: there is no command ${name}\n\n${help}`);
    return 2;
  }
  const { run, usage } = await command.load();
  if (args.includes("--help")) {
    console.log(usage);
    return 0;
  }
  try {
    return await run(args);
  } catch (error) {
    console.error(`inkling ${name}: ${error instanceof Error ? error.message : String(error)}`);
    if (error instanceof UsageError) console.error(`\n${usage}`);
    return error instanceof UsageError ? 2 : 1;
  }
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
