// Chooses which holes of many files are asked: as many of every kind as planned, spread evenly over languages, projects and
// files. Deterministic for a seed; the order of the files given makes no difference.
import { groupBy } from "./groups.js";
import { holeKinds, type Hole, type HoleKind, type SourceFile } from "./holes.js";
import { seeded, seedOf, shuffled, type Random } from "./random.js";

/** One more hole of the file, or undefined where it has none of this kind. */
export type Cutter = (file: SourceFile, random: Random) => Hole | undefined;

export interface CutPlan {
  holes: number;
  seed: number;
  kinds: readonly HoleKind[];
}

/** Most completions are asked for in the middle of a line, so most holes are. */
const weights: Readonly<Record<HoleKind, number>> = { line: 12, node: 5, block: 3 };

/** Attempts at one file and kind before it counts as used up. */
const attempts = 8;

export function cutHoles(files: readonly SourceFile[], plan: CutPlan, cutters: Readonly<Record<HoleKind, Cutter>>): Hole[] {
  const chosen: Hole[] = [];
  const total = plan.kinds.reduce((sum, kind) => sum + weights[kind], 0);
  let owed = 0;
  for (const kind of holeKinds.filter((kind) => plan.kinds.includes(kind))) {
    owed += (plan.holes * weights[kind]) / total;
    chosen.push(...cutKind(files, cutters[kind], Math.round(owed) - chosen.length, plan.seed));
  }
  return shuffled(chosen, seeded(plan.seed));
}

function cutKind(files: readonly SourceFile[], cutter: Cutter, count: number, seed: number): Hole[] {
  const holes = new Map<string, Hole>();
  const turns = languageTurns(files, seed);
  while (holes.size < count && turns.length > 0) {
    for (const turn of [...turns]) {
      if (holes.size >= count) break;
      const hole = nextHole(turn, cutter, holes);
      if (hole) holes.set(hole.id, hole);
      else turns.splice(turns.indexOf(turn), 1);
    }
  }
  return [...holes.values()];
}

interface Source {
  file: SourceFile;
  random: Random;
}

/** For each language, its files in the order in which they are asked for a hole: one of each project, then the next of each. */
function languageTurns(files: readonly SourceFile[], seed: number): Source[][] {
  const sorted = [...files].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const languages = groupBy(sorted, (file) => file.languageId.replace(/react$/, "")); // two dialects, one language
  return [...languages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([language, members]) => {
    const projects = [...groupBy(members, (file) => file.project)]
      .map(([project, own]) => shuffled(own, seeded(seedOf(`${language} ${project}`, seed))));
    const longest = Math.max(...projects.map((own) => own.length));
    // A project with few files comes up as often as one with many: its files take turns again.
    const rounds = Array.from({ length: longest }, (_, i) => projects.map((own) => own[i % own.length]!));
    const sources = new Map(members.map((file) => [file, { file, random: seeded(seedOf(nameOf(file), seed)) }]));
    return rounds.flat().map((file) => sources.get(file)!);
  });
}

const nameOf = (file: SourceFile): string => `${file.project}/${file.path}`;

/** The next new hole of a language; files go to the end of the line after their turn and leave it once they have none left. */
function nextHole(turn: Source[], cutter: Cutter, known: ReadonlyMap<string, Hole>): Hole | undefined {
  while (turn.length > 0) {
    const source = turn.shift()!;
    for (let i = 0; i < attempts; i++) {
      const hole = cutter(source.file, source.random);
      if (!hole || known.has(hole.id)) continue;
      turn.push(source);
      return hole;
    }
  }
  return undefined;
}
