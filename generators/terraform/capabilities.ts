import { awsCapabilities } from '../kit/aws/capabilities.js';

export const capabilities = awsCapabilities();
