// Whether the machine runs on its battery, as far as it can be read from files (Linux). Elsewhere the answer is no, because asking would
// mean starting a program, and the worker starts none.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Power {
  /** Cheap: to be asked for every request. */
  onBattery(): boolean;
}

const LOOK_EVERY_MS = 30_000;

export function watchPower(folder = "/sys/class/power_supply", now = () => performance.now()): Power {
  let known = false;
  let lookAt = -Infinity;
  return {
    onBattery() {
      if (now() >= lookAt) {
        known = readOnBattery(folder);
        lookAt = now() + LOOK_EVERY_MS;
      }
      return known;
    },
  };
}

/** On battery is who has one that is being emptied; a machine with no entry at all has none. */
function readOnBattery(folder: string): boolean {
  try {
    const supplies = readdirSync(folder);
    const read = (supply: string, what: string): string => {
      try {
        return readFileSync(join(folder, supply, what), "utf8").trim();
      } catch {
        return ""; // not every kind of supply has every file
      }
    };
    const plugged = supplies.some((supply) => read(supply, "type") === "Mains" && read(supply, "online") === "1");
    // A mouse has a battery too, with the scope of a device.
    return !plugged && supplies.some((supply) => read(supply, "type") === "Battery" && read(supply, "scope") !== "Device" && read(supply, "status") === "Discharging");
  } catch {
    return false;
  }
}
