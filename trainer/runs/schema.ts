import { all, together, type Sqlite } from './sqlite'

/**
 * What each version of the store adds to the one before; `user_version` says which one a file has. One that was ever
 * released is never changed: another one follows it.
 */
export const migrations: readonly string[] = [
  `
  -- Snapshots under the SHA-256 of their JSON: runs of the same document share one.
  create table snapshots (hash text primary key, body blob not null) without rowid;
  create table runs (
    id text primary key,
    project text not null,
    name text not null default '',
    note text not null default '',
    tags text not null default '[]',
    starred integer not null default 0,
    -- What runs of one series share.
    series text,
    status text not null,
    ending text,
    failure text,
    -- Who trains it: see Writer.
    writer text,
    started real not null,
    ended real,
    seconds real not null default 0,
    epoch integer not null,
    epochs integer not null,
    from_epoch integer not null,
    steps_per_epoch integer not null default 1,
    rows text not null default '{"train":0,"validation":0,"test":0}',
    parameters integer not null,
    -- The document as it was when the run began, and as it was last.
    begun_as text not null references snapshots(hash),
    ended_as text not null references snapshots(hash),
    -- What has to be the same for a run to go on: see steadyKey.
    steady text not null,
    data text not null,
    data_key text not null,
    network text not null,
    engine text not null,
    machine text not null,
    -- The share of the commonest class among the validation rows.
    commonest real,
    changes text not null default '[]',
    best text,
    last text,
    loss real,
    accuracy real,
    reading text not null default '{"kind":"none"}',
    parent text,
    parent_epoch integer,
    weights_gone integer not null default 0,
    repeat text,
    facts text not null,
    search text not null,
    -- When it was deleted: it can be brought back for a while.
    removed real
  );
  create index runs_started on runs(started);
  create index runs_series on runs(series) where series is not null;
  create index runs_status on runs(status);
  -- The curve: an epoch a row, thinned as the window thins it.
  create table points (
    run text not null references runs(id) on delete cascade,
    epoch integer not null,
    body blob not null,
    primary key (run, epoch)
  ) without rowid;
  create table weights (
    run text not null references runs(id) on delete cascade,
    kind text not null,
    epoch integer not null,
    hash text not null,
    bytes integer not null,
    primary key (run, kind)
  ) without rowid;
  create index weights_hash on weights(hash);
  create table facts (name text primary key, value text not null) without rowid;
  `,
  `
  -- Which trial of its series a run is.
  alter table runs add column trial integer;
  create table sweeps (
    id text primary key,
    created real not null,
    project text not null,
    plan text not null,
    labels text not null,
    snapshot text not null references snapshots(hash),
    -- What a person wants it to do: 'run', 'pause' or 'cancel'.
    wanted text not null,
    removed real
  );
  create table trials (
    sweep text not null references sweeps(id) on delete cascade,
    place integer not null,
    combination integer not null,
    seed integer not null,
    -- The values of its settings, and how it did at each rung.
    given text not null,
    marks text not null default '[]',
    -- Who trains it, or did so last: see Writer.
    worker text,
    busy integer not null default 0,
    -- How often a process that trained it has died.
    deaths integer not null default 0,
    failure text,
    -- What the trained network answers over the plane, as 32-bit floats.
    picture blob,
    primary key (sweep, place)
  ) without rowid;
  `
]

/** A store that a newer Netloom has written. */
export class NewerStore extends Error {}

/** Brings a database to the newest version, or throws NewerStore. */
export function migrate(db: Sqlite, steps: readonly string[] = migrations): void {
  const version = (): number => all<{ user_version: number }>(db, 'pragma user_version')[0]?.user_version ?? 0
  if (version() > steps.length)
    throw new NewerStore('The runs were kept by a newer Netloom, which this one cannot read. Update Netloom.')
  if (version() === steps.length) return
  together(db, () => {
    // Another process may have been faster.
    for (const step of steps.slice(version())) db.exec(step)
    db.exec(`pragma user_version = ${steps.length}`)
  })
}
