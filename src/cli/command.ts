import type { CommandModule } from 'yargs';

/** A command's flags, and what it does with them. */
export type Command<Flags> = Required<Pick<CommandModule<object, Flags>, 'handler'>> & Pick<CommandModule<object, Flags>, 'builder'>;

/** A command that is loaded when it is the one that was asked for: whoever asks for help waits for none of them. */
export const lazy = <Flags>(command: string, describe: string, load: () => Promise<Command<Flags>>): CommandModule<object, Flags> => ({
  command,
  describe,
  builder: async (yargs) => {
    const { builder } = await load();
    return typeof builder === 'function' ? builder(yargs) : yargs as never;
  },
  handler: async (flags) => (await load()).handler(flags),
});
