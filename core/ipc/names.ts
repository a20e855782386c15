/*
 * Names only: the preload script passes on what is listed here and nothing else, and carries no schemas.
 * core/ipc/requests.ts and events.ts do not compile when a name is missing on either side.
 */

/** Renderer → main. */
export const requestNames = [
  'app:info',
  'settings:get',
  'settings:set',
  'window:title',
  'window:fullScreen',
  'window:close',
  'project:new',
  'project:open',
  'project:openRecent',
  'project:openBytes',
  'project:openDropped',
  'project:openOffered',
  'project:save',
  'project:autosave',
  'project:discardAutosave',
  'project:recent',
  'project:forget',
  'project:recoverable',
  'project:recover',
  'data:choose',
  'library:list',
  'library:get',
  'library:stop',
  'library:import',
  'library:importDropped',
  'data:begin',
  'data:piece',
  'data:drop',
  'data:preview',
  'data:reread',
  'data:cancel',
  'file:export',
  'text:copy',
  'export:make',
  'export:save',
  'export:show',
  'export:end',
  'pictures:choose',
  'pictures:dropped',
  'pictures:again',
  'pictures:stop',
  'pictures:details',
  'pictures:split',
  'pictures:beforeAfter',
  'rows:choose',
  'rows:dropped',
  'rows:again',
  'rows:next',
  'rows:look',
  'rows:close',
  'trainer:state',
  'trainer:prepare',
  'trainer:start',
  'trainer:bringBack',
  'trainer:reset',
  'runs:list',
  'runs:details',
  'runs:points',
  'runs:change',
  'runs:remove',
  'runs:restore',
  'runs:tags',
  'runs:space',
  'runs:setBudget',
  'runs:noticed',
  'runs:open',
  'runs:takeWeights',
  'runs:repeat',
  'runs:stopRepeating',
  'sweeps:list',
  'sweeps:details',
  'sweeps:progress',
  'sweeps:pictures',
  'sweeps:begin',
  'sweeps:goOn',
  'sweeps:pause',
  'sweeps:cancel',
  'sweeps:remove',
  'sweeps:restore',
  'race:begin',
  'race:say',
  'smoke:done',
  'smoke:failed'
] as const

/** Main → renderer. */
export const eventNames = [
  'trainer:state',
  'menu:command',
  'window:closing',
  'window:theme',
  'data:progress',
  'project:offered',
  'library:progress',
  'pictures:progress',
  'export:step',
  'runs:notKept',
  'runs:repeating',
  'race:news'
] as const

/**
 * The port to the trainer reaches the page as a window message `{ kind: PORT_MESSAGE, nonce }` with one port: once
 * when the page has loaded and again for every new trainer. The page listens from its first script on, and takes a
 * message only from `window` itself and with `netloom.portNonce`.
 */
export const PORT_MESSAGE = 'netloom:trainer-port'

/** The page asks main for its port under this name; only the preload script sends it. */
export const PORT_REQUEST = 'netloom:trainer-port-request'

/**
 * Where what is dropped onto the window lies. Only the preload script sends it: it may read the paths of dropped files,
 * the page never sees them. The page then asks main to do something with what was dropped.
 */
export const DROPPED = 'netloom:dropped'
