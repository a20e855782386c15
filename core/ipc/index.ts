/*
 * Every message between processes. What crosses a trust boundary has a schema, and the receiver parses it:
 * main parses what the renderer asks, the trainer parses what comes over the port, the renderer parses events.
 */
export * from './app'
export * from './bridge'
export * from './events'
export * from './export'
export * from './port'
export * from './requests'
export * from './trainer'
export { PORT_MESSAGE } from './names'
