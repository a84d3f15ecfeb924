// One thread with one copy of the build: it can be stopped where a mutant never ends.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { folder, size, pulse, active, digests } = workerData;
const module = (name) => import(pathToFileURL(path.join(folder, 'dist/src/proof/source-mutants', name)).href);

/** The switch comes first: what is imported after it asks it at once. */
const state = (await module('switch.js')).installSwitch(size);
state.active = active;
const exercise = new (await module('exercise.js')).Exercise(state);
const beat = (index = 0) => {
  Atomics.store(pulse, 1, index);
  Atomics.add(pulse, 0, 1);
};

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const tell = (message) => parentPort.postMessage(message);

async function answer(request) {
  if (request.kind === 'watch') {
    const loaded = exercise.loaded();
    tell({ loaded, watched: await exercise.watch(beat) });
  } else tell(await exercise.trial(request.mutant, request.order, digests, beat));
}

parentPort.on('message', (request) => void answer(request));
tell('ready');
