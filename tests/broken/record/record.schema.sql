-- A column for points that somebody would like to have.
CREATE TABLE points (unit TEXT, points REAL);
