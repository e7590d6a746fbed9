PRAGMA application_id = 1111576141;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE input (
  path BLOB PRIMARY KEY      -- a folder or file that a run was given, as the system's bytes
) WITHOUT ROWID;
INSERT INTO "input" VALUES(X'2F7372762F6E6577737061706572732F686172626F75722D6E657773');
CREATE TABLE issue (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  folder TEXT NOT NULL UNIQUE,
  root BLOB NOT NULL,        -- the folder or file of its scans, as the system's bytes
  run INTEGER NOT NULL       -- the last run that named it
);
INSERT INTO "issue" VALUES(1,'harbour-news','harbour-news',X'2F7372762F6E6577737061706572732F686172626F75722D6E657773',1);
CREATE TABLE page (
  issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
  number INTEGER NOT NULL,   -- from 1
  place INTEGER NOT NULL,
  frame INTEGER NOT NULL,
  layout TEXT NOT NULL,      -- the key that the layout is to have
  laid TEXT,                 -- the key of the layout that lies in the page's folder
  anew INTEGER NOT NULL DEFAULT 0,  -- how often it was asked to be done anew
  PRIMARY KEY (issue, number)
) WITHOUT ROWID;
INSERT INTO "page" VALUES(1,1,0,0,'bedb14ea868d367e99933edcb5434cda','bedb14ea868d367e99933edcb5434cda',0);
CREATE TABLE review_count (
  issue TEXT NOT NULL,
  page INTEGER NOT NULL,
  made_from TEXT NOT NULL,   -- what the counts were made from: they are counted anew where it has changed
  counts TEXT NOT NULL,
  PRIMARY KEY (issue, page)
) WITHOUT ROWID;
CREATE TABLE review_decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  issue TEXT NOT NULL,
  article TEXT NOT NULL,
  person TEXT NOT NULL,
  time TEXT NOT NULL,
  batch TEXT NOT NULL,       -- decisions of one batch are undone together
  ticket TEXT NOT NULL,      -- of the request: one that is sent again is not done again
  body TEXT NOT NULL
);
INSERT INTO "review_decision" VALUES(1,'harbour-news','p1-02','白露','2026-11-29T20:11:05+00:00','白露1','白露1','[["p1-02"],{"type":"written","edits":[{"places":[[1,"r4l8",5,6]],"before":"和","after":"","by":"person","reason":"Written by a person.","confidence":1.0,"grounds":[[1,"r4l8","百人。”老和孟说，接乡下面热了橡",[64,675,540,707]]],"supersedes":[]}],"refused":[]}]');
INSERT INTO "review_decision" VALUES(2,'harbour-news','p1-02','白露','2026-11-29T20:11:05+00:00','白露2','白露2','[["p1-02"],{"type":"written","edits":[{"places":[[1,"r4l8",10,11]],"before":"乡","after":"缝","by":"person","reason":"Written by a person.","confidence":1.0,"grounds":[[1,"r4l8","百人。”老和孟说，接乡下面热了橡",[64,675,540,707]]],"supersedes":[]}],"refused":[]}]');
INSERT INTO "review_decision" VALUES(3,'harbour-news','p1-02','白露','2026-11-29T20:11:06+00:00','白露3','白露3','[["p1-02"],{"type":"written","edits":[{"places":[[1,"r4l8",13,14]],"before":"热","after":"垫","by":"person","reason":"Written by a person.","confidence":1.0,"grounds":[[1,"r4l8","百人。”老和孟说，接乡下面热了橡",[64,675,540,707]]],"supersedes":[]}],"refused":[]}]');
INSERT INTO "review_decision" VALUES(4,'harbour-news','p1-02','白露','2026-11-29T20:11:06+00:00','白露4','白露4','[["p1-02"],{"type":"judged","edits":[{"places":[[1,"r3l1",8,9]],"before":"\n","after":" ","by":"line_join","reason":"The byline goes on in the next line. A space parts the names.","confidence":0.9,"grounds":[[1,"r3l1","本报记者 孟小河",[324,269,576,301]]],"supersedes":[]}],"accepted":false}]');
INSERT INTO "review_decision" VALUES(5,'harbour-news','p1-04','何青禾','2026-11-29T20:11:06+00:00','何青禾5','何青禾5','[["p1-04"],{"type":"written","edits":[{"places":[[1,"r10l5",4,5]],"before":"恺","after":"恐","by":"person","reason":"Written by a person.","confidence":1.0,"grounds":[[1,"r10l5","讲星星和恺龙的。",[576,1090,808,1122]]],"supersedes":[]}],"refused":[]}]');
INSERT INTO "review_decision" VALUES(6,'harbour-news','p1-04','何青禾','2026-11-29T20:11:06+00:00','何青禾6','何青禾6','[["p1-04"],{"type":"sorted","anchor":[1,"r9l1","书车开进青石村",[607,817,964,868]],"kind":"notice"}]');
INSERT INTO "review_decision" VALUES(7,'harbour-news','p1-02','白露','2026-11-29T20:11:13+00:00','白露7','白露7','[["p1-02"],{"type":"written","edits":[{"places":[[1,"r6l6",15,16]],"before":"“","after":"遍","by":"person","reason":"Written by a person.","confidence":1.0,"grounds":[[1,"r6l6","处这样的渡口，秋天以前都要查一“",[622,580,1099,611]]],"supersedes":[]}],"refused":[]}]');
INSERT INTO "review_decision" VALUES(8,'harbour-news','p1-02','白露','2026-11-29T20:11:14+00:00','白露-undo','白露-undo','[[],{"type":"taken-back","of":[7],"again":false}]');
INSERT INTO "review_decision" VALUES(9,'harbour-news','p1-02','白露','2026-11-29T20:11:14+00:00','白露8','白露8','[["p1-02"],{"type":"written","edits":[{"places":[[1,"r6l6",15,16]],"before":"“","after":"","by":"person","reason":"Written by a person.","confidence":1.0,"grounds":[[1,"r6l6","处这样的渡口，秋天以前都要查一“",[622,580,1099,611]]],"supersedes":[]}],"refused":[]}]');
INSERT INTO "review_decision" VALUES(10,'harbour-news','','白露','2026-11-29T20:11:14+00:00','白露9','白露9','[[],{"type":"finished","page":1,"done":true}]');
CREATE TABLE review_revision (
  issue TEXT NOT NULL,
  article TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (issue, article)
) WITHOUT ROWID;
INSERT INTO "review_revision" VALUES('harbour-news','p1-02',7);
INSERT INTO "review_revision" VALUES('harbour-news','p1-04',2);
CREATE TABLE review_session (
  digest TEXT PRIMARY KEY,   -- of the key in the reviewer's browser, which itself is written nowhere
  person TEXT NOT NULL,
  time TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  begun TEXT NOT NULL,
  ended TEXT,                -- NULL while it is at work, or where it was ended without a word
  how TEXT,
  host TEXT NOT NULL,
  process INTEGER NOT NULL,
  reader TEXT NOT NULL,
  at REAL,                   -- seconds since 1970 of the last sign of life, and how things stood then
  settled INTEGER NOT NULL DEFAULT 0,
  rate REAL NOT NULL DEFAULT 0,
  memory INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "run" VALUES(1,'2026-11-29T20:09:04+00:00','2026-11-29T20:10:07+00:00','done','desk',29249,'tesseract chi_sim',1.79598300519942784313e+09,0,0.0,149114880);
CREATE TABLE scan (
  issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
  place INTEGER NOT NULL,    -- from 0, in the order of the pages
  path BLOB NOT NULL,
  shown TEXT NOT NULL,
  within BLOB,               -- the folder that it may not lead out of by a link
  size INTEGER NOT NULL,     -- in bytes, and below in nanoseconds, as it was found
  changed INTEGER NOT NULL,
  address TEXT,              -- where it lies, when that is no folder of this machine
  PRIMARY KEY (issue, place)
) WITHOUT ROWID;
INSERT INTO "scan" VALUES(1,0,X'2F7372762F6E6577737061706572732F686172626F75722D6E6577732F312E706E67','harbour-news/1.png',X'2F7372762F6E6577737061706572732F686172626F75722D6E657773',84933,1795982931872305423,NULL);
CREATE TABLE task (
  issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
  step INTEGER NOT NULL,     -- 0 intake of a file, 1 a page, 2 the issue
  number INTEGER NOT NULL,
  state TEXT NOT NULL,
  key TEXT NOT NULL,         -- what it is made from; once done, what it was made from
  attempts INTEGER NOT NULL DEFAULT 0,    -- workers that it cost
  interrupted INTEGER NOT NULL DEFAULT 0, -- runs that ended without a word while it was in work
  fault TEXT,
  facts TEXT,
  PRIMARY KEY (issue, step, number)
) WITHOUT ROWID;
INSERT INTO "task" VALUES(1,0,0,'done','786dd65f3f34f9ea65b3438ce0a646cb',0,0,NULL,'{"sha512":"d284e88888bdc04f85f2caa37461c32a886534b29e29509db375f366a448e91b9b8cae354df64cfb8d7a326c135d86c950e5dbf645b50d8be7a0da01e0840786","pages":1}');
INSERT INTO "task" VALUES(1,1,1,'done','b1d297f9871673131778978ed23f42a4',0,0,NULL,'{"regions":13,"lines":30,"characters":326,"silent":0,"silent_share":0.0,"uncovered":0.0,"warnings":[],"layout_seconds":0.416,"reading_seconds":1.058,"peak_memory":117194752,"digests":{"layout.json":"f4d9d0895a665e031d259b27cad31ff3ab8cf14933723e391da1c4cece9ceac940bcca08dc4cc73b287dd77ee5a052bc644bcbdae2f47d7158612ecf289c0b85","page.json":"8b743cdd4fca0f62384682e164ccb96918d575d236eda7a17d70853ae22a7ec92a7c04c226b9629f7fb6e3351c5a2a23ec0c4897f5b540c7e526a15e94d26f1b"}}');
INSERT INTO "task" VALUES(1,2,0,'done','6ea63513c81804212983961c102ab575',0,0,NULL,'{"pieces":{"article":2,"caption":1,"furniture":1},"digests":{"issue.json":"377851006fa8424fa0ddb6cf5652eff026d4d40c507d5d4f95c489f03fd32628832701dd7dd5b929ec4e864f02f5dd84ed835c9de1aea45e620f8da4a6d6d05c"}}');
CREATE INDEX task_turn ON task (state, issue, step, attempts, interrupted, number);
CREATE INDEX task_gate ON task (issue, state, step);
CREATE INDEX review_issue ON review_decision (issue, id);
CREATE INDEX review_ticket ON review_decision (ticket);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('review_decision',10);
COMMIT;
