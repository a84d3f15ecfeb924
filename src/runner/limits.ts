/** Bounds of a run, in one place. */
export const RUN_LIMITS = {
  /** Instances at the same time. More finds no more and makes a machine of two cores late. */
  concurrency: 16,
  /** Milliseconds of a round trip that make room for as many again: an instance waits so long for its answers. */
  roundTripMs: 25,
  /** Instances that mostly wait, beside them, for each of them. */
  waitingAside: 3,
  mostConcurrent: 256,
  /** Milliseconds for a whole run. */
  timeLimitMs: 30 * 60_000,
  /** Milliseconds beyond which an instance is ended by force, on top of 20 answers and what it says that it takes. */
  instanceMs: 120_000,
  /** Round trips that are granted beside: the longest case needs 120 one after another. */
  instanceRoundTrips: 300,
  /** By how much deadlines grow when a finding is confirmed. */
  confirmationFactor: 5,
  /** Milliseconds; a deadline that is longer than half of this is only doubled. */
  confirmationMs: 20_000,
  /** Milliseconds of a round trip for which a confirmation leaves room at least: a machine that was late is late again. */
  confirmationRoundTripMs: 500,
  /** Confirmations at the same time: they mostly wait, so the broker is quiet all the same. */
  confirmationsTogether: 128,
  /** Runs of an instance until one was not disturbed by a harness that came late itself. */
  doubtedAttempts: 4,
  /** Milliseconds for all confirmations together. */
  confirmationsMs: 5 * 60_000,
  /** Milliseconds for taking away what was left in the broker. */
  cleanUpMs: 5_000,
  /** Milliseconds more for each session: some brokers take 200 for an upgrade, and eight are opened at a time. */
  cleanUpSessionMs: 25,
  /** Fresh client ids that ask whether the broker lives: some brokers lose one thread of several. */
  livenessClients: 3,
  /** Share of the time for an answer that all they ask may take together; a broker that takes longer is slow with everybody. */
  slowShare: 0.5,
  /** How often it is asked before it counts as down, and milliseconds between. */
  livenessRounds: 4,
  livenessPauseMs: 400,
} as const;
