"""The servers under test, each a program that takes a port."""
