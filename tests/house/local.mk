# tests/house
