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
 * Sets up the engine for threads that begin from now on, stay, and build again while somebody waits: a build leaves little behind, which
 * is found soonest where new things have room enough (in MB) to be forgotten before they are looked through; and the heap grows to four
 * times of what lives in it before it is tidied. As the engine comes, a third of the time between a save and its files goes to that.
 */
export const stayReady = (): void => {
  for (const flag of ['--min-semi-space-size=64', '--max-semi-space-size=64', '--heap-growing-percent=300']) setFlagsFromString(flag);
};
