// Draws how long answers took: for each share of the requests, the time within which they were answered, by where the answer came from.
import type { Row } from "./replay.js";
import { quantile } from "./statistics.js";

const WIDTH = 720;
const HEIGHT = 360;
const LEFT = 60;
const BOTTOM = 50;
const TOP = 40;
const COLOURS: Record<string, string> = { all: "#1f2a44", model: "#c2410c", adopted: "#a16207", cache: "#0f766e", ahead: "#4338ca" };

/** An SVG. The axis of time is logarithmic, from a tenth of a millisecond to a second. */
export function plot(title: string, rows: readonly Row[]): string {
  const answered = rows.filter((row) => !row.cancelled && row.record?.origin !== undefined);
  const x = (ms: number): number => LEFT + (Math.log10(Math.min(Math.max(ms, 0.1), 1000)) + 1) / 4 * (WIDTH - LEFT - 20);
  const y = (share: number): number => HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
  const curve = (name: string, times: readonly number[]): string => {
    const points = Array.from({ length: 101 }, (_, i) => `${x(quantile(times, i / 100)).toFixed(1)},${y(i / 100).toFixed(1)}`);
    return `<polyline fill="none" stroke="${COLOURS[name] ?? "#666"}" stroke-width="${name === "all" ? 3 : 1.5}" points="${points.join(" ")}"/>`;
  };
  const origins = [...new Set(answered.map(({ record }) => record!.origin!))].sort();
  const groups: [string, number[]][] = [["all", answered.map(({ ms }) => ms)], ...origins.map((origin): [string, number[]] =>
    [origin, answered.filter(({ record }) => record?.origin === origin).map(({ ms }) => ms)])];
  const legend = groups.map(([name, times], i) => `<text x="${LEFT + 12}" y="${TOP + 16 + 18 * i}" fill="${COLOURS[name] ?? "#666"}">${name} (${times.length}), median ${quantile(times, 0.5).toFixed(1)} ms</text>`);
  const ticks = [0.1, 1, 10, 100, 1000].map((ms) =>
    `<line x1="${x(ms)}" x2="${x(ms)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}" stroke="#ddd"/><text x="${x(ms)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${ms} ms</text>`);
  const shares = [0, 0.5, 0.9, 1].map((share) =>
    `<line x1="${LEFT}" x2="${WIDTH - 20}" y1="${y(share)}" y2="${y(share)}" stroke="#ddd"/><text x="${LEFT - 8}" y="${y(share) + 4}" text-anchor="end">${100 * share} %</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="white"/>
<text x="${LEFT}" y="24" font-size="15">${escape(title)}</text>
${[...ticks, ...shares, ...groups.map(([name, times]) => curve(name, times)), ...legend].join("\n")}
<text x="${(WIDTH + LEFT) / 2}" y="${HEIGHT - 10}" text-anchor="middle">from request to answer</text>
</svg>
`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
