/** Exit codes of k6 as ours (DESIGN.md). `null`: a signal ended it. */
export function ourExitCode(k6: number | null): number {
  switch (k6) {
    case 0:
      return 0;
    case 99:
    case 108:
    case 110:
      return 1;
    case 104:
      return 2;
    case 105:
      return 130;
    default:
      return 4;
  }
}
