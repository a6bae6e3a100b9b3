# tests of line
