// Draws a soak as an SVG: memory of worker and client over time, the warm-up shaded. Knows nothing of how it was measured.
import type { Sample } from "./samples.js";

const WIDTH = 900;
const HEIGHT = 360;
const EDGE = { left: 60, right: 20, top: 40, bottom: 40 };

export function plot(samples: readonly Sample[], warmUpSeconds: number): string {
  const end = samples.at(-1)?.seconds ?? 1;
  const top = Math.max(...samples.map(({ worker }) => worker)) * 1.15;
  const x = (seconds: number): number => EDGE.left + (seconds / end) * (WIDTH - EDGE.left - EDGE.right);
  const y = (bytes: number): number => HEIGHT - EDGE.bottom - (bytes / top) * (HEIGHT - EDGE.top - EDGE.bottom);
  const line = (what: "worker" | "client", colour: string): string =>
    `<polyline fill="none" stroke="${colour}" stroke-width="1.5" points="${samples.map((sample) => `${x(sample.seconds).toFixed(1)},${y(sample[what]).toFixed(1)}`).join(" ")}"/>`;
  const step = 10 ** Math.floor(Math.log10(top / 1e6 / 2)) * 1e6;
  const marks = Array.from({ length: Math.floor(top / step) + 1 }, (_, i) => i * step).filter((_, i, all) => all.length <= 12 || i % Math.ceil(all.length / 12) === 0);
  const times = [0, 0.25, 0.5, 0.75, 1].map((part) => part * end);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<rect x="${x(0)}" y="${EDGE.top}" width="${(x(Math.min(warmUpSeconds, end)) - x(0)).toFixed(1)}" height="${HEIGHT - EDGE.top - EDGE.bottom}" fill="#f0f0f0"/>
<text x="${EDGE.left}" y="24" font-size="14">Memory over ${samples.at(-1)?.requests ?? 0} requests; the warm-up is shaded</text>
${marks.map((mark) => `<line x1="${EDGE.left}" x2="${WIDTH - EDGE.right}" y1="${y(mark)}" y2="${y(mark)}" stroke="#ddd"/><text x="${EDGE.left - 6}" y="${y(mark) + 4}" text-anchor="end">${(mark / 1e6).toFixed(0)} MB</text>`).join("\n")}
${times.map((time) => `<text x="${x(time).toFixed(1)}" y="${HEIGHT - EDGE.bottom + 18}" text-anchor="middle">${(time / 60).toFixed(1)} min</text>`).join("\n")}
${line("worker", "#1f6feb")}
${line("client", "#d1242f")}
<text x="${WIDTH - EDGE.right}" y="${y(samples.at(-1)?.worker ?? 0) - 8}" text-anchor="end" fill="#1f6feb">worker</text>
<text x="${WIDTH - EDGE.right}" y="${y(samples.at(-1)?.client ?? 0) - 8}" text-anchor="end" fill="#d1242f">client's heap</text>
</svg>
`;
}
