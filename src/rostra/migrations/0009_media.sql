-- Films and sounds: what was uploaded waits to be processed, and what became of it has a length.

alter table media_attachments
    add column upload_key text,                -- the file as it came, until it is processed
    add column failure text,                   -- why that failed, as its owner is told
    add column duration double precision,      -- seconds
    add column frame_rate text,                -- a fraction: 30000/1001
    add column bitrate integer,                -- bits a second
    add column audio_codec text,
    add column sample_rate integer,
    add column channels smallint,
    add column colors text[];                  -- background, foreground, accent: with a sound's picture
