/** Exit codes of DESIGN.md that this folder gives itself; those of a run stand in its conclusion. */
export const EXIT = {
  done: 0,
  wrongUse: 2,
  notTestable: 3,
  ourError: 4,
  interrupted: 130,
  terminated: 143,
} as const;
