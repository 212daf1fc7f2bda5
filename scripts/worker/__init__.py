"""The process in which generated code is made and checked."""
