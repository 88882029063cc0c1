#!/usr/bin/env node
import module from 'node:module';

// What Node compiled the last time need not be compiled again. Node 20 has no such cache.
module.enableCompileCache?.();
await import('../dist/cli/main.js');
