/** The container engine of this machine. Loaded only when asked for: testcontainers takes half a second. */
import { getContainerRuntimeClient } from 'testcontainers';

/** Undefined where an engine answers, else why none does. */
export async function engineMissing(): Promise<string | undefined> {
  try {
    await getContainerRuntimeClient();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
