// Type-aware rules, and the direction of imports: core knows nothing, the worker knows core, only the extension knows VS Code.
import tseslint from "typescript-eslint";

const forbid = (...patterns) => ({
  "no-restricted-imports": ["error", { patterns: patterns.map(([regex, message]) => ({ regex, message })) }],
});
const vscodeOnlyInExtension = ["^vscode$", "Only src/extension may import vscode."];
const engineOnlyInEngine = ["^node-llama-cpp", "Only src/worker/engine*.ts may import node-llama-cpp."];

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", ".venv/", ".cache/", "examples/", "test/fixtures/", "models/", "**/*.js", "**/*.mjs", "**/*.cjs"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true } }],
      "max-lines": ["error", { max: 300 }],
      "max-lines-per-function": ["error", { max: 60 }],
    },
  },
  { files: ["test/**/*.ts"], rules: { "max-lines-per-function": "off", "@typescript-eslint/no-unused-expressions": "off" } },
  {
    files: ["src/core/**/*.ts"],
    rules: forbid(vscodeOnlyInExtension, engineOnlyInEngine,
      ["^\\.\\./.*(extension|worker|models|cli|webview)/(?!.*\\.json$)", "core imports nothing but core, and data."],
      ["^(node:)?(net|http|https|dns|tls|dgram|http2|child_process|worker_threads)$", "core opens no sockets and starts no processes."]),
  },
  {
    files: ["src/models/**/*.ts"],
    rules: forbid(vscodeOnlyInExtension, engineOnlyInEngine, ["^\\.\\./(extension|worker|cli|webview)/", "models knows files, nothing else."]),
  },
  {
    files: ["src/git/**/*.ts"],
    rules: forbid(vscodeOnlyInExtension, engineOnlyInEngine, ["^\\.\\./(core|extension|worker|models|cli|webview)/", "git runs git, for the extension and the command line; it knows messages only."]),
  },
  {
    files: ["src/worker/**/*.ts"],
    ignores: ["src/worker/engine*.ts"],
    rules: forbid(vscodeOnlyInExtension, engineOnlyInEngine, ["^\\.\\./(extension|cli|webview)/", "The worker imports core and models."]),
  },
  {
    files: ["src/cli/**/*.ts"],
    rules: forbid(vscodeOnlyInExtension, engineOnlyInEngine, ["^\\.\\./(extension|worker|webview)/", "The CLI talks to the worker as a client."]),
  },
  {
    files: ["src/webview/**/*.ts"],
    rules: forbid(vscodeOnlyInExtension, engineOnlyInEngine, ["^\\.\\./(core|worker|models|extension|cli)/", "The panel runs in a browser and knows messages only."]),
  },
  {
    files: ["src/extension/**/*.ts"],
    rules: forbid(engineOnlyInEngine, ["^\\.\\./(core|worker|cli|webview)/", "The extension talks to the worker; it computes nothing."]),
  },
);
