import { setFlagsFromString } from 'node:v8';

/**
 * Sets up the engine for a command that works for seconds and ends: plain machine code for every function at once, and better code only
 * for what runs so long that it repays the making. As the engine comes, it spends a third of the time of a large build on code that is hardly used.
 */
export const runOnce = (): void => {
  setFlagsFromString('--always-sparkplug');
  // Nine times as much as it is: the bytes of code that a function runs through before the optimising compiler is asked. Engines from 12 on (Node 22)
  // have another compiler before that one, and no such setting: what they do not know they complain of on stderr.
  if (Number.parseInt(process.versions.v8) < 12) setFlagsFromString('--interrupt-budget=600000');
};

/**
 * Sets up the engine for a process that stays, and builds again while somebody waits: the heap grows to four times of what lives in it
 * before it is tidied. With the growth that a single build has, a quarter of the time between a save and its files goes to that.
 */
export const stayReady = (): void => setFlagsFromString('--heap-growing-percent=300');
