/** Whether a test takes the time to try everything (`npm run nightly`), instead of a part that is the same each time. */
export const thorough = process.env['GATEWRIGHT_THOROUGH'] === '1';
