-- What a later program may write; the hashes are computed anew.
-- rechain
INSERT INTO event (number, body, hash) VALUES (5,
  '{"author":"李四","program":"govscore 9.0","time":"2025-01-02T09:00:00+08:00","type":"scheme_amended"}',
  zeroblob(32));
