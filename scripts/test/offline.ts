// Cuts a step off from the network: in a namespace of its own there is nothing but the loopback device, which VS Code and its window need.
import { execFileSync } from "node:child_process";
import type { Step } from "./suite.js";

/** Root may make a namespace; elsewhere it takes a user namespace, which some systems forbid. */
const UNSHARE = process.getuid?.() === 0 ? ["unshare", "--net"] : ["unshare", "--net", "--map-root-user"];
const LOOPBACK_UP = "ip link set lo up && ";

/** Where no namespace can be made, the step runs with proxies that lead nowhere, and INKLING_TEST_OFFLINE stays unset. */
export function offline(step: Step): Step {
  if (!canUnshare()) {
    const nowhere = "http://127.0.0.1:9";
    return { ...step, env: { ...step.env, HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, ALL_PROXY: nowhere, NO_PROXY: "127.0.0.1,localhost" } };
  }
  return {
    ...step,
    command: [UNSHARE[0]!, ...UNSHARE.slice(1), "sh", "-c", `${LOOPBACK_UP} exec "$0" "$@"`, ...step.command],
    env: { ...step.env, INKLING_TEST_OFFLINE: "1" },
  };
}

function canUnshare(): boolean {
  try {
    execFileSync(UNSHARE[0]!, [...UNSHARE.slice(1), "sh", "-c", `${LOOPBACK_UP} true`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
