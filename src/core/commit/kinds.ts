// What kind of file a path is, as data: the first row that fits decides. Nothing but the path and the first characters is looked at.
import { isGenerated } from "../context/refuse.js";
import { isSecretPath } from "../context/secrets.js";
import { languageByPath } from "../syntax/languages.js";

export type FileKind =
  | "secret" | "lock" | "generated" | "vendored" | "snapshot"   // never read, only counted
  | "manifest" | "ci" | "build" | "config" | "docs" | "translation" | "asset" | "data" | "migration"
  | "test" | "source";

const rows: readonly [FileKind, RegExp][] = [
  ["test", /(^|\/)(tests?|__tests__|spec)\/(.*\/)?(fixtures|testdata|__fixtures__|snapshots|data)\/|(^|\/)testdata\//],
  ["lock", /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|Cargo\.lock|poetry\.lock|uv\.lock|Pipfile\.lock|pdm\.lock|composer\.lock|Gemfile\.lock|go\.sum|flake\.lock|Podfile\.lock|Package\.resolved|mix\.lock|packages\.lock\.json|gradle\.lockfile)$/i],
  ["vendored", /(^|\/)(node_modules|vendor|third[_-]?party|bower_components|external|\.yarn)\//i],
  ["snapshot", /\.snap$|(^|\/)__snapshots__\//],
  ["generated", /\.min\.(js|css)$|\.map$|(^|\/)(dist|gen|generated)\/.*\.(js|css|go|ts|py|java|rs)$|[._](pb|g|generated|freezed)\.\w+$|_pb2(_grpc)?\.pyi?$/],
  ["manifest", /(^|\/)(package\.json|pyproject\.toml|setup\.(py|cfg)|Cargo\.toml|go\.mod|Gemfile|[\w.-]+\.gemspec|composer\.json|pom\.xml|build\.gradle(\.kts)?|libs\.versions\.toml|Pipfile|pubspec\.yaml|mix\.exs|Package\.swift|[\w.-]+\.csproj|Directory\.Packages\.props|(dev-|test-)?requirements[\w./-]*\.(txt|in)|constraints\.txt|environment\.ya?ml|deno\.jsonc?)$/i],
  ["ci", /(^|\/)(\.github\/(workflows|actions)\/|\.circleci\/|\.buildkite\/|\.gitlab-ci|\.travis\.yml|azure-pipelines|Jenkinsfile|\.drone\.yml|appveyor\.yml|bitbucket-pipelines\.yml|\.ci\/|\.github\/(dependabot|renovate))/i],
  ["docs", /\.(md|mdx|markdown|rst|adoc|asciidoc)$|(^|\/)(docs?|documentation|man)\/.*\.(txt|html|\d)$|(^|\/)(LICEN[CS]E|COPYING|NOTICE|AUTHORS|CONTRIBUTORS|CODEOWNERS|CHANGE(LOG|S)|HISTORY|README|TODO|SECURITY|CODE_OF_CONDUCT)(\.(md|txt|rst|adoc|html|org))?$/i],
  ["build", /(^|\/)(Dockerfile[\w.-]*|[\w.-]+\.Dockerfile|docker-compose[\w.-]*\.ya?ml|compose\.ya?ml|\.dockerignore|Makefile|GNUmakefile|[\w.-]+\.mk|CMakeLists\.txt|[\w.-]+\.cmake|meson\.build|BUILD(\.bazel)?|WORKSPACE|[\w.-]+\.bazel|(webpack|rollup|vite|esbuild|babel|metro|tsup|gulpfile|Gruntfile|rspack|turbo|nx)(\.config)?\.\w+|build\.(rs|sbt|xml|zig)|configure\.ac|settings\.gradle(\.kts)?|gradle\.properties|justfile|Rakefile|flake\.nix|default\.nix|shell\.nix)$/i],
  ["translation", /(^|\/)(locales?|i18n|l10n|lang|languages|translations?|messages)\/[^/]*.*\.(json|ya?ml|po|pot|properties|xlf|arb|strings|php|ftl)$|\.(po|pot|xlf|arb|ftl|resx)$|\.nls(\.[\w-]+)?\.json$/i],
  ["test", /(^|\/)(tests?|__tests__|specs?|e2e|testing|test-data|testdata|fixtures|cypress)\/|[._](test|spec|tests|e2e|cy|stories)\.\w+$|-(test|spec)\.[cm]?[jt]sx?$|_test\.\w+$|(^|\/)test_[^/]*\.py$|(Test|Tests|Spec|IT)\.(java|kt|cs|scala|swift|php|groovy)$|(^|\/)conftest\.py$/],
  ["migration", /(^|\/)(migrations?|migrate|alembic\/versions)\/.*(?<!\.sql)$/i],
  ["config", /(^|\/)(\.git(ignore|attributes|modules)|\.editorconfig|\.npmrc|\.nvmrc|\.node-version|\.python-version|\.tool-versions|rust-toolchain(\.toml)?|\.env\.(example|sample|template)|tsconfig[\w.-]*\.json|jsconfig\.json|\.?eslint[\w.-]*|\.?prettier[\w.-]*|\.?stylelint[\w.-]*|\.?commitlint[\w.-]*|jest\.config\.\w+|vitest\.config\.\w+|playwright\.config\.\w+|tox\.ini|\.flake8|mypy\.ini|ruff\.toml|\.?pylintrc|pytest\.ini|\.coveragerc|\.pre-commit-config\.yaml|rustfmt\.toml|clippy\.toml|\.clang-(format|tidy)|\.golangci\.ya?ml|\.rubocop\.yml|phpunit\.xml(\.dist)?|phpstan\.neon|\.vscodeignore|\.npmignore|\.mailmap|\.browserslistrc|tailwind\.config\.\w+|postcss\.config\.\w+|next\.config\.\w+)$|(^|\/)\.(vscode|idea|husky|devcontainer|config|cargo|changeset)\//i],
  ["asset", /\.(png|jpe?g|gif|svg|ico|webp|avif|bmp|tiff?|ttf|otf|woff2?|eot|mp[34]|wav|ogg|webm|mov|pdf|psd|ai|sketch|fig|zip|gz|tgz|jar|wasm|exe|dll|so|dylib|bin|onnx|gguf|parquet|glb)$/i],
  ["data", /\.(ya?ml|json|jsonc|json5|toml|ini|cfg|conf|properties|xml|csv|tsv|txt|env|plist|tf|hcl|j2|tmpl|nix)$/i],
];

export function kindOf(path: string, text = ""): FileKind {
  if (isSecretPath(path)) return "secret";
  const row = rows.find(([, pattern]) => pattern.test(path));
  const kind = row?.[0] ?? "source";
  if ((kind === "source" || kind === "test") && languageByPath(path) !== undefined && isGenerated(path, text)) return "generated";
  return kind;
}

/** Only how many there are and how many lines changed is ever said of these. */
export function isCountedOnly(kind: FileKind): boolean {
  return kind === "secret" || kind === "lock" || kind === "generated" || kind === "vendored" || kind === "snapshot";
}
