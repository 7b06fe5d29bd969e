// Draws a soak as an SVG: the memory of everything watched over time, the warm-up shaded. Knows nothing of how it was measured.
import type { Memory, Sample } from "./samples.js";

const WIDTH = 900;
const HEIGHT = 400;
const EDGE = { left: 60, right: 30, top: 64, bottom: 40 };

const LINES: readonly { of: keyof Memory; name: string; colour: string }[] = [
  { of: "worker", name: "worker at full speed", colour: "#1f6feb" },
  { of: "windowWorker", name: "worker of the window", colour: "#8250df" },
  { of: "host", name: "extension host", colour: "#d1242f" },
  { of: "hostHeap", name: "its heap", colour: "#bf8700" },
];

export function plot(samples: readonly Sample[], warmUpSeconds: number): string {
  const end = samples.at(-1)?.seconds ?? 1;
  const top = Math.max(1e6, ...samples.flatMap((sample) => LINES.map(({ of }) => sample[of] ?? 0))) * 1.1;
  const x = (seconds: number): number => EDGE.left + (seconds / end) * (WIDTH - EDGE.left - EDGE.right);
  const y = (bytes: number): number => HEIGHT - EDGE.bottom - (bytes / top) * (HEIGHT - EDGE.top - EDGE.bottom);
  const shown = LINES.filter(({ of }) => samples.some((sample) => sample[of] !== undefined));
  const line = ({ of, colour }: (typeof LINES)[number]): string => {
    const points = samples.flatMap((sample) => sample[of] === undefined ? [] : [`${x(sample.seconds).toFixed(1)},${y(sample[of]).toFixed(1)}`]);
    return `<polyline fill="none" stroke="${colour}" stroke-width="1.5" points="${points.join(" ")}"/>`;
  };
  const legend = shown.map(({ name, colour }, i) => {
    const left = EDGE.left + i * 190;
    return `<rect x="${left}" y="40" width="14" height="4" fill="${colour}"/><text x="${left + 20}" y="46">${name}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<rect x="${x(0)}" y="${EDGE.top}" width="${(x(Math.min(warmUpSeconds, end)) - x(0)).toFixed(1)}" height="${HEIGHT - EDGE.top - EDGE.bottom}" fill="#f0f0f0"/>
<text x="${EDGE.left}" y="24" font-size="14">Memory over ${samples.at(-1)?.requests ?? 0} requests; the warm-up is shaded</text>
${legend.join("\n")}
${marksUpTo(top).map((mark) => `<line x1="${EDGE.left}" x2="${WIDTH - EDGE.right}" y1="${y(mark)}" y2="${y(mark)}" stroke="#ddd"/><text x="${EDGE.left - 6}" y="${y(mark) + 4}" text-anchor="end">${(mark / 1e6).toFixed(0)} MB</text>`).join("\n")}
${[0, 0.25, 0.5, 0.75, 1].map((part) => `<text x="${x(part * end).toFixed(1)}" y="${HEIGHT - EDGE.bottom + 18}" text-anchor="middle">${(part * end / 60).toFixed(end < 1200 ? 1 : 0)} min</text>`).join("\n")}
${shown.map(line).join("\n")}
</svg>
`;
}

/** Round numbers of bytes, a dozen at most. */
function marksUpTo(top: number): number[] {
  const step = 10 ** Math.floor(Math.log10(top / 1e6 / 2)) * 1e6;
  return Array.from({ length: Math.floor(top / step) + 1 }, (_, i) => i * step).filter((_, i, all) => all.length <= 12 || i % Math.ceil(all.length / 12) === 0);
}
