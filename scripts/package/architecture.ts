// For which system and processor a native library was built, read off its first bytes: a package's name has been wrong before.

const ELF = 0x464c457f;        // 0x7f E L F
const MACH_O_64 = 0xfeedfacf;
const MZ = 0x5a4d;
const PE = 0x4550;

const ELF_MACHINES: Record<number, string> = { 0x3e: "x64", 0xb7: "arm64", 0x28: "arm" };
const MACH_CPUS: Record<number, string> = { 0x0100_0007: "x64", 0x0100_000c: "arm64" };
const PE_MACHINES: Record<number, string> = { 0x8664: "x64", 0xaa64: "arm64", 0x14c: "ia32" };

/** Such as `linux-x64`; undefined for what is no native library. */
export function architectureOf(bytes: Buffer): string | undefined {
  if (bytes.length < 64) return undefined;
  if (bytes.readUInt32LE(0) === ELF) return named("linux", ELF_MACHINES, bytes.readUInt16LE(18));
  if (bytes.readUInt32LE(0) === MACH_O_64) return named("darwin", MACH_CPUS, bytes.readUInt32LE(4));
  if (bytes.readUInt16LE(0) !== MZ) return undefined;
  const header = bytes.readUInt32LE(0x3c);
  return header + 6 <= bytes.length && bytes.readUInt16LE(header) === PE ? named("win32", PE_MACHINES, bytes.readUInt16LE(header + 4)) : undefined;
}

function named(system: string, machines: Record<number, string>, machine: number): string {
  return `${system}-${machines[machine] ?? `machine ${machine}`}`;
}
