/** Times and bounds of the engine, in one place. */
export const ENGINE_LIMITS = {
  /** Milliseconds for each phase of opening a connection: TCP, TLS, upgrade, CONNACK, SUBACK. */
  phaseMs: 10_000,
  /** Milliseconds that a broker gets to close after our end. */
  farewellMs: 2_000,
  /** A send this much after its time is not on time. */
  lateMs: 5,
  /** Share of late sends from which a run is warned about, and from which it is invalid. */
  lateWarn: 0.001,
  lateInvalid: 0.01,
  /** Bytes that wait in a socket from which on its publisher is blocked. */
  backlog: 256 * 1024,
  /** Messages of one client in one write. */
  burst: 512,
  /** Topic filters in one SUBSCRIBE or UNSUBSCRIBE. */
  filters: 100,
  /** Milliseconds for messages that were due before the end of a stage to be sent after it. */
  overdueMs: 10_000,
  /** Milliseconds without any arrival, the broker being alive, after which what is missing is lost. */
  quietMs: 2_000,
  /** Descriptors that are kept free. */
  spareDescriptors: 64,
  /** Bytes of memory that a connection takes here, at most. */
  connectionBytes: 16 * 1024,
} as const;
