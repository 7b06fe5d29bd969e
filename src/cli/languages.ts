// The language identifier that an editor would give a file, from its name. Names are those of the LSP specification.
import { extname } from "node:path";

const byExtension: Partial<Record<string, string>> = {
  ".ts": "typescript", ".mts": "typescript", ".cts": "typescript", ".tsx": "typescriptreact",
  ".js": "javascript", ".mjs": "javascript", ".cjs": "javascript", ".jsx": "javascriptreact",
  ".py": "python", ".pyi": "python", ".go": "go", ".rs": "rust", ".java": "java", ".rb": "ruby", ".php": "php",
  ".c": "c", ".h": "c", ".cc": "cpp", ".cpp": "cpp", ".cxx": "cpp", ".hh": "cpp", ".hpp": "cpp", ".cs": "csharp",
  ".sh": "shellscript", ".bash": "shellscript", ".css": "css", ".html": "html", ".json": "json", ".md": "markdown",
  ".yml": "yaml", ".yaml": "yaml", ".kt": "kotlin", ".swift": "swift", ".lua": "lua", ".sql": "sql",
};

export function languageOf(file: string): string {
  return byExtension[extname(file).toLowerCase()] ?? "plaintext";
}
