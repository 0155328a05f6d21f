"""The project file's shape: numbered steps, each run once. Column names are words: any SQLite tool can read it."""

import contextlib
import json

from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x53656564  # "Seed" in the file's header: tells a project from any other SQLite file

steps = Migrations("seedbed")

TABLES = (
    """CREATE TABLE project (
  name TEXT PRIMARY KEY,          -- name of a fact about the whole project
  value TEXT NOT NULL
)""",
    """CREATE TABLE reviewer (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
)""",
    """CREATE TABLE seed (
  id INTEGER PRIMARY KEY,
  question TEXT NOT NULL,
  context TEXT,
  options TEXT NOT NULL,          -- JSON list
  answer TEXT NOT NULL,
  options_kind TEXT NOT NULL CHECK (options_kind IN ('fixed', 'variable')),
  source TEXT,                    -- where the seed came from, with its licence
  created TEXT NOT NULL
)""",
    """CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  work TEXT NOT NULL CHECK (work IN ('grow', 'train')),
  seed INTEGER REFERENCES seed(id),
  settings TEXT NOT NULL,         -- JSON; never a key
  state TEXT NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'running', 'stopped', 'finished', 'failed')),
  progress TEXT,                  -- JSON
  result TEXT,                    -- JSON
  error TEXT,
  created TEXT NOT NULL,
  started TEXT,
  ended TEXT,
  stop_wanted INTEGER NOT NULL DEFAULT 0,
  lease_process INTEGER,          -- who works on it
  lease_host TEXT,
  lease_heartbeat REAL            -- seconds since 1970
)""",
    """CREATE TABLE call (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run(id),
  seed INTEGER NOT NULL REFERENCES seed(id),
  parent INTEGER REFERENCES example(id),   -- the formatting example; NULL: the seed
  key TEXT NOT NULL,              -- seed number, parent's path, call number: fixes every random choice
  place INTEGER NOT NULL,         -- place in the canonical order of the run
  wanted INTEGER NOT NULL,        -- examples wanted
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'read', 'failed')),
  UNIQUE (seed, key)
)""",
    """CREATE TABLE request (
  id INTEGER PRIMARY KEY,
  call INTEGER NOT NULL REFERENCES call(id),
  part INTEGER NOT NULL,          -- which request of the call
  attempt INTEGER NOT NULL,
  wanted INTEGER NOT NULL,        -- examples wanted from this request
  wanted_answers TEXT,            -- JSON list
  topics TEXT,                    -- JSON list
  creator TEXT NOT NULL,
  model TEXT NOT NULL,
  messages TEXT NOT NULL,         -- JSON, as sent
  sampling TEXT NOT NULL,         -- JSON
  outcome TEXT NOT NULL DEFAULT 'sent'
    CHECK (outcome IN ('sent', 'replied', 'read', 'failed', 'retried', 'possibly billed')),
  raw_reply TEXT,
  finish_reason TEXT,
  prompt_tokens INTEGER,
  completion_tokens INTEGER,
  usd REAL,
  error TEXT,
  surplus INTEGER NOT NULL DEFAULT 0,      -- items beyond those wanted
  missing INTEGER NOT NULL DEFAULT 0,      -- items wanted and not found in the reply
  sent TEXT NOT NULL,
  replied TEXT
)""",
    """CREATE TABLE example (
  id INTEGER PRIMARY KEY,
  seed INTEGER NOT NULL REFERENCES seed(id),
  parent INTEGER REFERENCES example(id),   -- NULL: the seed
  call INTEGER REFERENCES call(id),
  request INTEGER REFERENCES request(id),
  position INTEGER NOT NULL DEFAULT 0,     -- in the reply
  key TEXT NOT NULL,                       -- the call's key and the place in it
  depth INTEGER NOT NULL,
  question TEXT NOT NULL,
  context TEXT,
  options TEXT NOT NULL,                   -- JSON list
  answer TEXT NOT NULL,
  wanted_answer TEXT,
  state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'approved', 'rejected', 'pruned')),
  flag TEXT,                               -- why it should be looked at
  origin TEXT NOT NULL DEFAULT 'created' CHECK (origin IN ('created', 'imported', 'recorded')),
  drift REAL,                              -- cosine distance of the question from the seed's
  question_key TEXT NOT NULL,              -- for exact comparison: digest of the normalised question
  created TEXT NOT NULL,
  edited TEXT
)""",
    """CREATE TABLE discard (
  id INTEGER PRIMARY KEY,
  request INTEGER NOT NULL REFERENCES request(id),
  position INTEGER NOT NULL,
  raw_text TEXT NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT,
  too_near_to INTEGER                      -- the example it is a twin of
)""",
    """CREATE TABLE change (
  id INTEGER PRIMARY KEY,
  operation TEXT NOT NULL,                 -- approve, reject, prune, edit, ...
  said TEXT NOT NULL,                      -- in a person's words
  examples BLOB NOT NULL,                  -- packed ids
  count INTEGER NOT NULL,
  before BLOB NOT NULL,                    -- packed states or texts before
  after TEXT NOT NULL,                     -- JSON
  reviewer INTEGER REFERENCES reviewer(id),
  at TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0        -- 1: can be done again; 2: could not be taken back, passed over
)""",
    """CREATE TABLE dataset (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  source TEXT,
  licence TEXT,
  sealed INTEGER NOT NULL DEFAULT 1,       -- its test split is only looked at by a verdict
  looks INTEGER NOT NULL DEFAULT 0,        -- how often a verdict looked at the test split
  created TEXT NOT NULL
)""",
    """CREATE TABLE dataset_example (
  id INTEGER PRIMARY KEY,
  dataset INTEGER NOT NULL REFERENCES dataset(id) ON DELETE CASCADE,
  split TEXT NOT NULL CHECK (split IN ('train', 'dev', 'test')),
  question TEXT NOT NULL,
  context TEXT,
  options TEXT NOT NULL,                   -- JSON list
  answer TEXT NOT NULL,
  question_key TEXT NOT NULL
)""",
    """CREATE TABLE trained_model (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run(id),
  name TEXT NOT NULL,                      -- created, human, ...
  training_seed INTEGER NOT NULL,
  folder TEXT NOT NULL,
  card TEXT NOT NULL                       -- JSON
)""",
    """CREATE TABLE prediction (
  run INTEGER NOT NULL REFERENCES run(id),
  model TEXT NOT NULL,
  training_seed INTEGER NOT NULL,
  dataset_example INTEGER REFERENCES dataset_example(id),
  example INTEGER REFERENCES example(id),  -- instead, where branches were held out
  predicted TEXT NOT NULL,
  probabilities TEXT NOT NULL              -- JSON list, in the order of the options
)""",
    """CREATE TABLE curve (
  run INTEGER NOT NULL REFERENCES run(id),
  model TEXT NOT NULL,
  training_seed INTEGER NOT NULL,
  step INTEGER NOT NULL,
  steps INTEGER NOT NULL,
  loss REAL NOT NULL,
  accuracy REAL
)""",
    """CREATE TABLE vector (
  encoder TEXT NOT NULL,
  digest TEXT NOT NULL,                    -- of the text, so that an edit simply asks for a new one
  vector BLOB NOT NULL,                    -- 32-bit floats
  PRIMARY KEY (encoder, digest)
)""",
)

INDEXES = (
    "CREATE INDEX example_by_parent ON example (seed, parent)",
    "CREATE INDEX example_by_call ON example (call)",
    "CREATE INDEX example_by_question ON example (seed, question_key)",
    "CREATE INDEX example_closed ON example (seed) WHERE state IN ('rejected', 'pruned')",
    # all that the tree's picture shows: a million examples are read from here in half a second, without their texts
    "CREATE INDEX example_for_picture ON example (seed, id, parent, call, depth, state, edited, flag, drift)",
    "CREATE INDEX call_by_run ON call (run, place)",
    "CREATE INDEX request_by_call ON request (call, part)",
    "CREATE INDEX request_by_outcome ON request (outcome) WHERE outcome IN ('sent', 'replied')",
    "CREATE INDEX discard_by_request ON discard (request)",
    "CREATE INDEX dataset_example_by_split ON dataset_example (dataset, split)",
    "CREATE INDEX dataset_example_by_question ON dataset_example (question_key)",
    "CREATE INDEX prediction_by_run ON prediction (run, model, training_seed)",
    "CREATE INDEX prediction_by_dataset_example ON prediction (dataset_example)",
    "CREATE INDEX curve_by_run ON curve (run)",
)

FULL_TEXT = (
    """CREATE VIRTUAL TABLE example_text USING fts5 (
  question, context, options, content='example', content_rowid='id', prefix='1 2'
)""",
    """CREATE TRIGGER example_added AFTER INSERT ON example BEGIN
  INSERT INTO example_text (rowid, question, context, options) VALUES (new.id, new.question, new.context, new.options);
END""",
    """CREATE TRIGGER example_removed AFTER DELETE ON example BEGIN
  INSERT INTO example_text (example_text, rowid, question, context, options)
  VALUES ('delete', old.id, old.question, old.context, old.options);
END""",
    """CREATE TRIGGER example_reworded AFTER UPDATE OF question, context, options ON example BEGIN
  INSERT INTO example_text (example_text, rowid, question, context, options)
  VALUES ('delete', old.id, old.question, old.context, old.options);
  INSERT INTO example_text (rowid, question, context, options) VALUES (new.id, new.question, new.context, new.options);
END""",
)

VIEWS = (
    """CREATE VIEW training_table AS
SELECT e.id, e.question, e.context, e.options, e.answer, e.state, e.origin, e.edited IS NOT NULL AS edited,
  e.seed, e.parent, e.depth, e.key, e.drift
FROM example e WHERE e.state NOT IN ('rejected', 'pruned') ORDER BY e.seed, e.id""",
    """CREATE VIEW lineage AS
SELECT e.id, e.parent, COALESCE(p.question, s.question) AS parent_question, e.question, e.answer, e.depth, e.call,
  c.run, json_extract(u.settings, '$.strategy') AS strategy, q.creator, q.model, q.messages AS prompt, q.raw_reply,
  q.prompt_tokens, q.completion_tokens, q.usd, q.sent, q.replied
FROM example e JOIN seed s ON s.id = e.seed LEFT JOIN example p ON p.id = e.parent
LEFT JOIN call c ON c.id = e.call LEFT JOIN run u ON u.id = c.run LEFT JOIN request q ON q.id = e.request""",
    """CREATE VIEW account AS
SELECT u.id AS run,
  COALESCE(SUM(CASE WHEN q.outcome NOT IN ('retried', 'possibly billed') THEN q.wanted END), 0) AS asked,
  COALESCE(SUM(q.surplus), 0) AS surplus,
  (SELECT COUNT(*) FROM example e JOIN call k ON k.id = e.call WHERE k.run = u.id) AS kept,
  (SELECT COUNT(*) FROM discard d JOIN request r ON r.id = d.request JOIN call k ON k.id = r.call
    WHERE k.run = u.id) AS discarded,
  COALESCE(SUM(q.missing), 0) AS missing,
  COALESCE(SUM(CASE WHEN q.outcome = 'failed' THEN q.wanted END), 0) AS failed,
  COALESCE(SUM(CASE WHEN q.outcome IN ('sent', 'replied') THEN q.wanted END), 0) AS waiting,
  COALESCE(SUM(q.outcome = 'possibly billed'), 0) AS possibly_billed,
  COALESCE(SUM(q.prompt_tokens), 0) AS prompt_tokens,
  COALESCE(SUM(q.completion_tokens), 0) AS completion_tokens,
  SUM(q.usd) AS usd
FROM run u LEFT JOIN call c ON c.run = u.id LEFT JOIN request q ON q.call = c.id
WHERE u.work = 'grow' GROUP BY u.id""",
)


@steps()
def the_first_shape(db: Database) -> None:
    """All tables, indexes, the full text and the views."""
    for statement in (*TABLES, *INDEXES, *FULL_TEXT, *VIEWS):
        db.execute(statement)


@steps()
def how_examples_were_learned(db: Database) -> None:
    """Training dynamics of each example in each training run, averaged over the training seeds."""
    db.execute("""CREATE TABLE learned (
  run INTEGER NOT NULL REFERENCES run(id),
  example INTEGER NOT NULL REFERENCES example(id),
  confidence REAL NOT NULL,                -- mean probability of its answer over the epochs
  variability REAL NOT NULL,               -- standard deviation of that probability over the epochs
  correctness REAL NOT NULL,               -- share of the epochs in which its answer was the likeliest
  forgotten REAL NOT NULL,                 -- how often it was right in one epoch and wrong in the next
  PRIMARY KEY (run, example)
) WITHOUT ROWID""")


@steps()
def runs_of_any_kind(db: Database) -> None:
    """A run's work may be of further kinds: the table is made anew under its own name, so that views and references
    hold as they are."""
    found = db.conn.execute("SELECT sql FROM sqlite_schema WHERE name = 'run'").fetchone()[0]
    free = found.replace(" CHECK (work IN ('grow', 'train')),", ",         -- grow, train, reanswer, ...")
    db.conn.execute("PRAGMA defer_foreign_keys=ON")  # what refers to a run finds it again before the change is over
    db.conn.execute("CREATE TEMP TABLE runs_before AS SELECT * FROM run")
    db.conn.execute("DROP TABLE run")
    db.conn.execute(free)
    db.conn.execute("INSERT INTO run SELECT * FROM runs_before")
    db.conn.execute("DROP TABLE runs_before")


@steps()
def what_was_told_of_money(db: Database) -> None:
    """What a request counts for until its usage is known, and what a person was told before a run."""
    db.execute("ALTER TABLE request ADD COLUMN worst_tokens INTEGER")
    db.execute("ALTER TABLE request ADD COLUMN worst_usd REAL")
    db.execute("ALTER TABLE run ADD COLUMN estimate TEXT")  # JSON, as it was told before the run began


@steps()
def cells_of_experiments(db: Database) -> None:
    """What came of each cell of a grid: data set x strategy x seed number."""
    db.execute("""CREATE TABLE experiment_cell (
  run INTEGER NOT NULL REFERENCES run(id),
  dataset TEXT NOT NULL,
  strategy TEXT NOT NULL,                  -- or 'human'
  seed_number INTEGER NOT NULL,
  row TEXT NOT NULL,                       -- JSON: account of the growth, right and wrong on each test set
  ended TEXT NOT NULL,
  PRIMARY KEY (run, dataset, strategy, seed_number)
) WITHOUT ROWID""")


@steps()
def what_a_discard_is_too_near_to(db: Database) -> None:
    """A discard names the human example it is too near to; both ways it can be found from what it is too near to."""
    db.execute(
        "ALTER TABLE discard ADD COLUMN dataset_example INTEGER REFERENCES dataset_example(id) ON DELETE SET NULL"
    )
    for column in ("too_near_to", "dataset_example"):
        db.execute(f"CREATE INDEX discard_by_{column} ON discard ({column}) WHERE {column} IS NOT NULL")


ACCOUNT = """CREATE VIEW account AS
SELECT u.id AS run,
  COALESCE(SUM(CASE WHEN q.outcome NOT IN ('retried', 'possibly billed') THEN q.wanted END), 0) AS asked,
  COALESCE(SUM(q.surplus), 0) AS surplus,
  (SELECT COUNT(*) FROM example e JOIN call k ON k.id = e.call WHERE k.run = u.id)
    + (SELECT COUNT(*) FROM answer_again a WHERE a.run = u.id)
    + (SELECT COUNT(*) FROM proposal p WHERE p.run = u.id) AS kept,
  (SELECT COUNT(*) FROM discard d JOIN request r ON r.id = d.request JOIN call k ON k.id = r.call
    WHERE k.run = u.id) AS discarded,
  COALESCE(SUM(q.missing), 0) AS missing,
  COALESCE(SUM(CASE WHEN q.outcome = 'failed' THEN q.wanted END), 0) AS failed,
  COALESCE(SUM(CASE WHEN q.outcome IN ('sent', 'replied') THEN q.wanted END), 0) AS waiting,
  COALESCE(SUM(q.outcome = 'possibly billed'), 0) AS possibly_billed,
  COALESCE(SUM(q.prompt_tokens), 0) AS prompt_tokens,
  COALESCE(SUM(q.completion_tokens), 0) AS completion_tokens,
  SUM(q.usd) AS usd
FROM run u LEFT JOIN call c ON c.run = u.id LEFT JOIN request q ON q.call = c.id
WHERE u.work IN ('grow', 'regenerate', 'reanswer', 'rewrite') GROUP BY u.id"""


@steps()
def what_the_creator_mended(db: Database) -> None:
    """Answers that the creator gave when it was not shown the label, and examples as it rewrote them. Runs that ask
    for these have an account like growths: what is kept of them are answers, and proposals."""
    db.execute("""CREATE TABLE answer_again (
  run INTEGER NOT NULL REFERENCES run(id),
  example INTEGER NOT NULL REFERENCES example(id),
  request INTEGER PRIMARY KEY REFERENCES request(id),
  answer TEXT NOT NULL,                    -- one of the options
  place INTEGER NOT NULL,                  -- where it stood among the options as they were shown, from 0
  about TEXT NOT NULL                      -- digest of question, passage and options: an edit makes it void
)""")
    db.execute("""CREATE TABLE proposal (
  run INTEGER NOT NULL REFERENCES run(id),
  example INTEGER NOT NULL REFERENCES example(id),
  request INTEGER PRIMARY KEY REFERENCES request(id),
  about TEXT NOT NULL,                     -- digest of the example as it was shown: an edit makes it void
  question TEXT NOT NULL,
  context TEXT,
  options TEXT NOT NULL,                   -- JSON list
  answer TEXT NOT NULL
)""")
    db.execute("CREATE INDEX answer_again_by_run ON answer_again (run)")
    db.execute("CREATE INDEX answer_again_by_example ON answer_again (example)")
    db.execute("CREATE INDEX proposal_by_run ON proposal (run, example)")
    db.execute("CREATE INDEX example_flagged ON example (seed) WHERE flag IS NOT NULL")
    db.execute("DROP VIEW account")
    db.execute(ACCOUNT)


@steps()
def batches_of_requests(db: Database) -> None:
    """Requests that went to a server together, to be answered within a day at half the price."""
    db.execute("""CREATE TABLE batch (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run(id),
  token TEXT NOT NULL UNIQUE,     -- told to the server, so that a batch whose name was not kept is found again
  state TEXT NOT NULL DEFAULT 'written' CHECK (state IN ('written', 'posted', 'fetched')),
  name TEXT,                      -- the server's name of the batch
  written TEXT NOT NULL,
  due TEXT,                       -- when the server will have answered or given up
  status TEXT,                    -- the server's word, when it was last asked
  cancel_wanted INTEGER NOT NULL DEFAULT 0
)""")
    db.execute("CREATE INDEX batch_by_run ON batch (run)")
    db.execute("ALTER TABLE request ADD COLUMN batch INTEGER REFERENCES batch(id)")
    db.execute("CREATE INDEX request_by_batch ON request (batch) WHERE batch IS NOT NULL")


@steps()
def settings_that_are_json(db: Database) -> None:
    """Settings with infinity, or with what is no number, become those of a run where that was not given."""
    for run, settings in db.execute("SELECT id, settings FROM run WHERE NOT json_valid(settings)").fetchall():
        with contextlib.suppress(ValueError):  # what is no JSON at all stays as it is
            mended = json.dumps(json.loads(settings, parse_constant=lambda _: None), sort_keys=True)
            db.execute("UPDATE run SET settings = ? WHERE id = ?", [mended, run])


def shape_number(shape: Migrations = steps) -> int:
    """The number of steps this version knows; kept in the file as `user_version`."""
    with contextlib.closing(Database(memory=True, execute_plugins=False)) as nothing:
        return len(shape.pending(nothing))
