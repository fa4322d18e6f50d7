-- The rows of floor.sql: eight values each, as a review has.
CREATE SCHEMA bench_floor;
CREATE TABLE bench_floor.line AS
SELECT n AS id, 'Author number ' || n AS author, 'What I thought of it, part ' || n AS headline,
  repeat('It was "long" & I liked it. ', 2) AS body, 1 + n % 10 AS stars, n * 7 % 40 AS helpful, 40 AS votes,
  date '2020-01-01' + n * 7 AS written_on
FROM generate_series(1, 100) AS n;
